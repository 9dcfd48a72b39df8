package org.outpost.server.web.job;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Caller.Permission;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Scope;
import org.outpost.access.user.User;
import org.outpost.inventory.job.JobOwner;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.SignedIn;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who owns a job, and what they may do now: of our users what is granted at that moment, within
 * what their token was good for; nothing when they are gone. Whom an identity provider vouches for
 * may do what the provider's word allowed when the job started, for nobody can be asked later.
 */
public final class JobOwners {
    private static final String USER = "user:";
    private static final String OTHER = "other:";
    private static final List<Grant> EVERYTHING = List.of(Grant.everywhere("administrator"));

    private final AccessControl access;
    private final JsonMapper json = new JsonMapper();

    /** Asks for rights here. */
    public JobOwners(AccessControl access) {
        this.access = access;
    }

    /**
     * By what rights are asked again.
     *
     * @param since when the user was made: one made anew with the same name is another
     * @param permissions of whom we cannot ask again; null for our users
     */
    record Rights(@Nullable Instant since, Scope scope, @Nullable List<Permission> permissions) {}

    /** The key under which the jobs of a caller are found. */
    static String key(SignedIn caller) {
        return caller.userKey() == null ? OTHER + caller.caller().user() : USER + caller.userKey();
    }

    /** Whether their rights cannot be asked for later. */
    boolean isOfSomebodyElse(SignedIn signedIn) {
        return signedIn.userKey() == null && !signedIn.caller().user().equals(Callers.LOCAL);
    }

    /** A caller as an owner. */
    JobOwner owner(SignedIn signedIn, String address) {
        Caller caller = signedIn.caller();
        String key = signedIn.userKey();
        boolean local = key == null && caller.user().equals(Callers.LOCAL);
        Rights rights =
                new Rights(
                        key == null
                                ? null
                                : access.users().find(key).map(User::created).orElse(null),
                        caller.scope(),
                        key == null && !local ? caller.permissions() : null);
        return new JobOwner(
                key(signedIn),
                caller.user(),
                caller.tenant(),
                caller.means(),
                address,
                json.writeValueAsString(rights));
    }

    /** What an owner may do now; empty when they may not sign in any more. */
    public Optional<Caller> caller(JobOwner owner) {
        Rights rights = json.readValue(owner.rights(), Rights.class);
        if (owner.key().startsWith(USER)) {
            return access.users()
                    .find(owner.key().substring(USER.length()))
                    .filter(User::enabled)
                    .filter(user -> user.created().equals(rights.since()))
                    .map(user -> access.caller(user, owner.means(), rights.scope()));
        }
        List<Permission> permissions =
                rights.permissions() == null
                        ? access.permissions(EVERYTHING)
                        : rights.permissions();
        return Optional.of(
                new Caller(
                        owner.name(), owner.tenant(), owner.means(), permissions, rights.scope()));
    }
}
