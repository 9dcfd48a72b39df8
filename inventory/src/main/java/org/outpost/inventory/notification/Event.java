package org.outpost.inventory.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a device, as it stands in the log.
 *
 * @param sequence its place in the log, rising; from 1
 * @param id the same however often it is delivered
 * @param device {@code DeviceKey.id()}
 * @param time when it happened
 * @param recorded when it could be told: for a connection, when the device's announcements had come
 *     to rest
 */
public record Event(
        long sequence,
        String id,
        EventType type,
        UUID device,
        Instant time,
        Instant recorded,
        EventData data) {}
