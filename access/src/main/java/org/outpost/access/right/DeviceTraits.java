package org.outpost.access.right;

import java.util.Set;
import java.util.UUID;

/**
 * What rights to a device depend on.
 *
 * @param id the device
 * @param tenant whose it is; empty for nobody's in particular
 * @param tags what it was tagged with
 */
public record DeviceTraits(UUID id, String tenant, Set<String> tags) {
    /** Takes a copy. */
    public DeviceTraits {
        tags = Set.copyOf(tags);
    }
}
