package org.outpost.inventory.label;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What people say of a device.
 *
 * @param id the device
 * @param tenant whose it is; empty for nobody's in particular
 * @param hostName said before it announced one; may be empty
 * @param friendlyName how people call it; may be empty
 * @param dnsSuffix of the network where it is at home; may be empty
 * @param tags sorted
 * @param info a JSON object of whoever set the device up; empty for none
 */
public record DeviceLabel(
        UUID id,
        String tenant,
        String hostName,
        String friendlyName,
        String dnsSuffix,
        Set<String> tags,
        String info) {
    /** Sorts the tags. */
    public DeviceLabel {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** What is said of a device of which nobody said anything. */
    public static DeviceLabel none(UUID id) {
        return new DeviceLabel(id, "", "", "", "", Set.of(), "");
    }

    /** The same with other tags. */
    public DeviceLabel withTags(Set<String> other) {
        return new DeviceLabel(id, tenant, hostName, friendlyName, dnsSuffix, other, info);
    }

    /** The same of another tenant. */
    public DeviceLabel withTenant(String other) {
        return new DeviceLabel(id, other, hostName, friendlyName, dnsSuffix, tags, info);
    }
}
