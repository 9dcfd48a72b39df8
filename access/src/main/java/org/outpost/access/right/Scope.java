package org.outpost.access.right;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a token is good for, within what its user may do.
 *
 * @param rights as they are written; empty for all
 * @param devices the only devices; empty for all
 */
public record Scope(List<String> rights, Set<UUID> devices) {
    /** Everything that the user may do. */
    public static final Scope ALL = new Scope(List.of(), Set.of());

    /** Keeps the rights sorted, and refuses what is none. */
    public Scope {
        rights =
                List.copyOf(
                        new TreeSet<>(
                                rights.stream().map(text -> Right.parse(text).text()).toList()));
        devices = Set.copyOf(devices);
    }

    boolean covers(Right asked) {
        return rights.isEmpty()
                || rights.stream().anyMatch(text -> Right.parse(text).covers(asked));
    }

    boolean covers(UUID device) {
        return devices.isEmpty() || devices.contains(device);
    }

    /** Whether it leaves anything out. */
    public boolean isNarrow() {
        return !rights.isEmpty() || !devices.isEmpty();
    }
}
