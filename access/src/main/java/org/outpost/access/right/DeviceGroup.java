package org.outpost.access.right;

import java.util.List;
import java.util.TreeSet;

/**
 * A named set of devices: those that bear at least one of its tags. So a device joins a group when
 * it is tagged, and nobody keeps lists.
 *
 * @param name lower case letters, digits and dashes
 * @param tenant whose devices they are
 * @param tags one or more
 */
public record DeviceGroup(String name, String tenant, List<String> tags) {
    /** Stands for all devices of a tenant. */
    public static final String ALL = "*";

    /** Sorts the tags. */
    public DeviceGroup {
        tags = List.copyOf(new TreeSet<>(tags));
    }
}
