package org.outpost.server.web.job;

import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.access.tenant.Tenant;
import org.outpost.inventory.job.JobViewer;
import org.outpost.server.web.security.SignedIn;

import java.util.Set;
import java.util.stream.Collectors;

/** Whose jobs a caller may look at: their own, and those of the tenants that they administer. */
public final class JobViewers {
    private final AccessControl access;

    /** Judges by what is granted now. */
    public JobViewers(AccessControl access) {
        this.access = access;
    }

    JobViewer of(SignedIn signedIn) {
        Caller caller = signedIn.caller();
        if (caller.mayEverywhere(Verb.ADMIN)) {
            return new JobViewer(JobOwners.key(signedIn), null);
        }
        // Jobs of the provider's people may be about devices of any tenant.
        Set<String> tenants =
                access.tenants().stream()
                        .map(Tenant::name)
                        .filter(tenant -> caller.mayThroughout(Verb.ADMIN, tenant))
                        .collect(Collectors.toSet());
        return new JobViewer(JobOwners.key(signedIn), tenants);
    }
}
