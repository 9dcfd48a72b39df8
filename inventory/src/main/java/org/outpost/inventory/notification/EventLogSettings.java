package org.outpost.inventory.notification;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param events that are kept in the database, 1 or more
 * @param age after which an event is taken away
 * @param tail newest events that are kept in memory, 1 or more
 * @param waiting changes that may wait for the database, 2 or more
 * @param memory bytes that the newest events may take in memory, and as many again those that wait
 *     for the database; 1 or more
 */
public record EventLogSettings(int events, Duration age, int tail, int waiting, long memory) {
    /** 100,000 events for 7 days; 8,192 in memory; 100,000 waiting; 64 MiB for either. */
    public static final EventLogSettings DEFAULT =
            new EventLogSettings(100_000, Duration.ofDays(7), 8_192, 100_000, 64 << 20);

    /** These, keeping another amount. */
    public EventLogSettings keeping(int most, Duration oldest) {
        return new EventLogSettings(most, oldest, tail, waiting, memory);
    }
}
