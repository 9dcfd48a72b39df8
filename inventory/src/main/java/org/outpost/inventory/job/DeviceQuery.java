package org.outpost.inventory.job;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which devices a job is for: those that pass everything that is given.
 *
 * @param devices one of these; empty for any
 * @param tags which they bear; empty for any
 * @param allTags whether a device must bear all of the tags, or one
 * @param search what name, UUID or credential contains; empty for anything
 * @param connected whether only devices that are connected when the job starts
 */
public record DeviceQuery(
        List<UUID> devices, Set<String> tags, boolean allTags, String search, boolean connected) {
    /** Takes copies; each device counts once. */
    public DeviceQuery {
        devices = devices.stream().distinct().toList();
        tags = Set.copyOf(new TreeSet<>(tags));
    }

    /** Exactly these devices. */
    public static DeviceQuery of(List<UUID> devices) {
        return new DeviceQuery(devices, Set.of(), true, "", false);
    }

    /** The same without the devices that it names, for what is kept beside a list of them. */
    DeviceQuery withoutDevices() {
        return new DeviceQuery(List.of(), tags, allTags, search, connected);
    }
}
