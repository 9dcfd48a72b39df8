package org.outpost.access.right;

import java.util.List;
import java.util.Set;

/**
 * Who calls, and what they may do. It is made anew for each call from what is granted now, so that
 * whatever is taken away is gone at once.
 *
 * @param user name of the user
 * @param tenant the user's tenant; empty for users of no tenant, who may be granted any
 * @param means how they signed in, such as {@code password}, {@code token} or {@code oidc}
 * @param permissions what was granted
 * @param scope what the token is good for
 */
public record Caller(
        String user, String tenant, String means, List<Permission> permissions, Scope scope) {
    /**
     * A grant with what it refers to.
     *
     * @param role the role
     * @param tenant whose devices; {@link Grant#EVERY_TENANT} for all
     * @param tags a device must bear one of them; empty for all devices
     */
    public record Permission(Role role, String tenant, Set<String> tags) {
        /** Takes a copy. */
        public Permission {
            tags = Set.copyOf(tags);
        }

        boolean reaches(String other) {
            return tenant.equals(Grant.EVERY_TENANT) || tenant.equals(other);
        }

        boolean reaches(DeviceTraits device) {
            return reaches(device.tenant())
                    && (tags.isEmpty() || tags.stream().anyMatch(device.tags()::contains));
        }
    }

    /** Takes a copy. */
    public Caller {
        permissions = List.copyOf(permissions);
    }

    /** Whether they may do this to the device. */
    public boolean may(Right right, DeviceTraits device) {
        return scope.covers(right)
                && scope.covers(device.id())
                && permissions.stream()
                        .anyMatch(
                                permission ->
                                        permission.reaches(device)
                                                && permission.role().allows(right));
    }

    /**
     * Whether they may know that the device exists: any right to it will do, apart from what the
     * token leaves out.
     */
    public boolean sees(DeviceTraits device) {
        return scope.covers(device.id())
                && permissions.stream().anyMatch(permission -> permission.reaches(device));
    }

    /**
     * Whether their text console of the device must be recorded: any role that reaches it and says
     * so is enough, whatever other roles and the token say. Where that is so, nothing opaque may
     * lead there.
     */
    public boolean isRecorded(DeviceTraits device) {
        return permissions.stream()
                .anyMatch(permission -> permission.role().recorded() && permission.reaches(device));
    }

    /** Whether they have this right for any device at all. */
    public boolean maySomewhere(Right right) {
        return scope.covers(right)
                && permissions.stream().anyMatch(permission -> permission.role().allows(right));
    }

    /** Whether they have this right for a whole tenant; needed to manage its users. */
    public boolean mayThroughout(Right right, String other) {
        return scope.covers(right)
                && scope.devices().isEmpty()
                && permissions.stream()
                        .anyMatch(
                                permission ->
                                        permission.reaches(other)
                                                && permission.tags().isEmpty()
                                                && permission.role().allows(right));
    }

    /** Whether they have this right for the server itself and all tenants. */
    public boolean mayEverywhere(Right right) {
        return mayThroughout(right, Grant.EVERY_TENANT);
    }
}
