package org.outpost.inventory.notification;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * The last state of a device that was accepted for telling.
 *
 * @param event the id of the event of its connection
 * @param time when it connected
 * @param data as of the connection
 */
record Announcement(UUID device, State state, String event, Instant time, EventData.Presence data) {
    enum State {
        /** Its connection is to be told when its announcements have come to rest. */
        ACCEPTED,
        /** Its connection is in the log. */
        CONNECTED,
        /** So is the end of it. */
        DISCONNECTED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    Announcement in(State other) {
        return new Announcement(device, other, event, time, data);
    }

    Draft connection() {
        return new Draft(event, EventType.CONNECTED, device, time, data);
    }
}
