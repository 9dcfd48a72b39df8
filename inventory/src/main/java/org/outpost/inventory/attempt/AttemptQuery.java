package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * What to look for; conditions that are given must all hold.
 *
 * @param range only sources with an address in it
 * @param name only what announced this name: with a dot in it the whole name, without one the first
 *     label; or whose UUID is one of {@code devices}. Empty for all, when {@code devices} is too
 * @param devices see {@code name}
 * @param user only what showed a user name that contains this, without regard to case; empty for
 *     all
 * @param failing only those whose last connection never became a tunnel
 * @param skip how many to leave out at the start, 0 or more
 * @param top how many to return at most, 1 to 1000
 */
public record AttemptQuery(
        @Nullable AddressRange range,
        String name,
        Set<UUID> devices,
        String user,
        boolean failing,
        int skip,
        int top) {
    /** Holds the ranges. */
    public AttemptQuery {
        devices = Set.copyOf(devices);
        if (skip < 0) {
            throw new IllegalArgumentException("skip is " + skip + ", expected 0 or more");
        }
        if (top < 1 || top > 1000) {
            throw new IllegalArgumentException("top is " + top + ", expected 1 to 1000");
        }
    }

    /** Everything, the newest hundred of it. */
    public static final AttemptQuery ALL = new AttemptQuery(null, "", Set.of(), "", false, 0, 100);

    /** The same for these devices, by UUID or name. */
    public AttemptQuery ofDevices(String itsName, Set<UUID> ids) {
        return new AttemptQuery(range, itsName, ids, user, failing, skip, top);
    }

    /** The same for these addresses. */
    public AttemptQuery from(AddressRange addresses) {
        return new AttemptQuery(addresses, name, devices, user, failing, skip, top);
    }
}
