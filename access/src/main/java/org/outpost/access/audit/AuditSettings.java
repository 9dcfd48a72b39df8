package org.outpost.access.audit;

import java.time.Duration;

/**
 * How the trail is kept.
 *
 * @param capacity entries that may wait for the database in memory, 1 or more
 * @param checkpointEvery a checkpoint is signed after so many entries, 1 to 1,000
 * @param checkpointAfter … and after this time when there is any entry since the last one
 * @param patience how long {@link AuditTrail#recordFirst} waits for the database
 */
public record AuditSettings(
        int capacity, int checkpointEvery, Duration checkpointAfter, Duration patience) {
    /** 20,000 entries in memory; checkpoints every 500 entries and every hour; 5 s of patience. */
    public static final AuditSettings DEFAULT =
            new AuditSettings(20_000, 500, Duration.ofHours(1), Duration.ofSeconds(5));

    /**
     * Checks.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public AuditSettings {
        if (capacity < 1 || checkpointEvery < 1 || checkpointEvery > 1_000) {
            throw new IllegalArgumentException("capacity or checkpoint-every is out of range");
        }
        if (!checkpointAfter.isPositive() || !patience.isPositive()) {
            throw new IllegalArgumentException("times must be positive");
        }
    }
}
