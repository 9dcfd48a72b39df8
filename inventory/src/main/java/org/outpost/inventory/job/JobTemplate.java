package org.outpost.inventory.job;

import java.time.Duration;

/**
 * What a job does, and how.
 *
 * @param query to which devices
 * @param action what
 * @param parallelism to how many devices at once, 1 to {@value #MOST_PARALLEL}
 * @param deadline for one device, from {@link #SHORTEST} to {@link #LONGEST}
 * @param waiting for how long devices that are offline are waited for, at most {@link
 *     #LONGEST_WAITING}; zero for not at all
 * @param reason why, in the owner's words; may be empty
 * @param ticket number of a ticket; may be empty
 */
public record JobTemplate(
        DeviceQuery query,
        JobAction action,
        int parallelism,
        Duration deadline,
        Duration waiting,
        String reason,
        String ticket) {
    /** To how many devices at once at most. */
    public static final int MOST_PARALLEL = 256;

    /** What is usual. */
    public static final int USUAL_PARALLEL = 16;

    /** The least time for a device. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** What is usual for a device. */
    public static final Duration USUAL = Duration.ofSeconds(60);

    /** The most time for a device. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** For how long offline devices are waited for at most. */
    public static final Duration LONGEST_WAITING = Duration.ofDays(30);

    /** Checks the ranges. */
    public JobTemplate {
        if (parallelism < 1 || parallelism > MOST_PARALLEL) {
            throw new IllegalArgumentException("parallelism is 1 to " + MOST_PARALLEL);
        }
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the deadline is 1 to " + LONGEST.toSeconds() + " seconds");
        }
        if (waiting.isNegative() || waiting.compareTo(LONGEST_WAITING) > 0) {
            throw new IllegalArgumentException(
                    "devices are waited for at most "
                            + LONGEST_WAITING.toSeconds()
                            + " seconds (30 days)");
        }
    }

    /** The same for other devices. */
    public JobTemplate over(DeviceQuery other) {
        return new JobTemplate(other, action, parallelism, deadline, waiting, reason, ticket);
    }
}
