package org.outpost.inventory.notification;

import org.outpost.inventory.notification.Announcement.State;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes for tests. */
final class Changes {
    private Changes() {}

    static Change connected(int device) {
        return presence(device, EventType.CONNECTED, State.CONNECTED);
    }

    static Change disconnected(int device) {
        return presence(device, EventType.DISCONNECTED, State.DISCONNECTED);
    }

    private static Change presence(int device, EventType type, State state) {
        UUID id = new UUID(0, device);
        EventData.Presence data =
                new EventData.Presence(
                        id, id, "", List.of(), List.of(), List.of(), "", "user", 1, "u", null);
        Draft draft = new Draft(UUID.randomUUID().toString(), type, id, Instant.EPOCH, data);
        return new Change(draft, new Announcement(id, state, draft.id(), Instant.EPOCH, data));
    }

    /** An alert that takes a little more than twice so many bytes as it has characters. */
    static Change alert(int device, int characters) {
        UUID id = new UUID(0, device);
        return new Change(
                new Draft(
                        UUID.randomUUID().toString(),
                        EventType.ALERT,
                        id,
                        Instant.EPOCH,
                        new EventData.Alert(id, "", "pet", Map.of("text", "x".repeat(characters)))),
                null);
    }

    static Event event(long sequence, int characters) {
        Draft draft = alert(1, characters).event();
        if (draft == null) {
            throw new AssertionError("an alert is an event");
        }
        return draft.at(sequence, Instant.EPOCH);
    }
}
