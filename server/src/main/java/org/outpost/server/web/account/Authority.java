package org.outpost.server.web.account;

import org.outpost.access.AccessControl;
import org.outpost.access.AccessException;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Right;
import org.outpost.access.right.Role;
import org.outpost.access.right.Verb;
import org.outpost.access.user.User;

import java.util.Collection;

/**
 * How far an administrator may go: within their tenants, and never beyond what they may do
 * themselves. So nobody can help themselves, or somebody else, to more.
 */
public final class Authority {
    private final AccessControl access;

    /** Judges by what is granted now. */
    public Authority(AccessControl access) {
        this.access = access;
    }

    /**
     * Refuses who does not administer the tenant.
     *
     * @throws AccessException told as if there were no such tenant
     */
    void overTenant(Caller caller, String tenant) {
        if (!caller.mayThroughout(Verb.ADMIN, tenant)) {
            throw new AccessException(
                    Reason.NOT_FOUND,
                    tenant.isEmpty()
                            ? "This needs the right 'admin' for the provider's own tenant."
                            : "There is no tenant " + tenant + ".");
        }
    }

    /** Whether they may know of the user at all. */
    boolean knows(Caller caller, User user) {
        return caller.mayThroughout(Verb.ADMIN, user.tenant());
    }

    /**
     * The user, when they may manage them.
     *
     * @throws AccessException when there is none, or one who may do more than they
     */
    User managed(Caller caller, String name) {
        User user =
                access.users()
                        .find(name)
                        .filter(known -> knows(caller, known))
                        .orElseThrow(
                                () ->
                                        new AccessException(
                                                Reason.NOT_FOUND,
                                                "There is no user " + name + "."));
        grants(caller, user.grants());
        return user;
    }

    /**
     * Refuses to hand on what they may not do themselves.
     *
     * @throws AccessException naming the right
     */
    public void grants(Caller caller, Collection<Grant> grants) {
        for (Grant grant : grants) {
            String owner =
                    grant.tenant().equals(Grant.EVERY_TENANT)
                            ? AccessControl.PROVIDER
                            : grant.tenant();
            access.role(owner, grant.role())
                    .ifPresent(role -> rights(caller, role, grant.tenant()));
        }
    }

    /**
     * Refuses a role that allows more than they may do themselves there.
     *
     * @param tenant where it would count
     * @throws AccessException naming the right
     */
    void rights(Caller caller, Role role, String tenant) {
        for (String text : role.rights()) {
            if (!caller.mayThroughout(Right.parse(text), tenant)) {
                throw new AccessException(
                        Reason.DENIED,
                        "The role "
                                + role.name()
                                + " allows '"
                                + text
                                + "', which "
                                + caller.user()
                                + " may not do "
                                + (tenant.equals(Grant.EVERY_TENANT)
                                        ? "everywhere."
                                        : "throughout that tenant."));
            }
        }
    }
}
