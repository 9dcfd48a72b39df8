package org.outpost.access.right;

/**
 * A role for some devices.
 *
 * @param role name of the role
 * @param tenant whose devices; {@link #EVERY_TENANT} for all, which only users of no tenant may be
 *     granted
 * @param group name of a group of that tenant; {@link DeviceGroup#ALL} for all its devices
 */
public record Grant(String role, String tenant, String group) {
    /** Stands for all tenants, and for the server itself. */
    public static final String EVERY_TENANT = "*";

    /** A role for every device of every tenant. */
    public static Grant everywhere(String role) {
        return new Grant(role, EVERY_TENANT, DeviceGroup.ALL);
    }
}
