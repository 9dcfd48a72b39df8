package org.outpost.inventory.notification;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param events that are kept in the database, 1 or more
 * @param age after which an event is taken away
 * @param tail newest events that are kept in memory, 1 or more
 * @param waiting changes that may wait for the database, 2 or more
 */
public record EventLogSettings(int events, Duration age, int tail, int waiting) {
    /** 100,000 events for 7 days; 8,192 in memory; 100,000 waiting. */
    public static final EventLogSettings DEFAULT =
            new EventLogSettings(100_000, Duration.ofDays(7), 8_192, 100_000);

    /** These, keeping another amount. */
    public EventLogSettings keeping(int most, Duration oldest) {
        return new EventLogSettings(most, oldest, tail, waiting);
    }
}
