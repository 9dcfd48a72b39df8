package org.outpost.inventory.notification;

import java.time.Instant;
import java.util.UUID;

/** An event that has no place in the log yet. */
record Draft(String id, EventType type, UUID device, Instant time, EventData data) {
    Event at(long sequence, Instant recorded) {
        return new Event(sequence, id, type, device, time, recorded, data);
    }
}
