package org.outpost.simulator.device;

import java.time.Duration;

/**
 * When a device calls in again: two tries soon, then a long silence, and so on (remote-access.md
 * §4).
 *
 * @param first pause before the first try
 * @param second pause before the second try
 * @param silence pause after each two failed tries
 */
public record ReconnectPolicy(Duration first, Duration second, Duration silence) {
    /** As seen of real devices: a quarter of an hour of silence. */
    public static final ReconnectPolicy FIRMWARE =
            new ReconnectPolicy(
                    Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(15));

    /** A fifth more or less, so that a fleet does not move in step. */
    private static final double SPREAD = 0.2;

    /** This policy with all pauses multiplied. */
    public ReconnectPolicy scaled(double factor) {
        return new ReconnectPolicy(
                scaled(first, factor), scaled(second, factor), scaled(silence, factor));
    }

    /**
     * The pause before the next try.
     *
     * @param failedTries tries that failed since the device was last connected
     * @param chance from 0 to 1: where in the spread this pause lies
     */
    Duration pause(int failedTries, double chance) {
        Duration pause;
        if (failedTries == 0) {
            pause = first;
        } else {
            pause = failedTries % 2 == 1 ? second : silence;
        }
        return scaled(pause, 1 - SPREAD + 2 * SPREAD * chance);
    }

    private static Duration scaled(Duration pause, double factor) {
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }
}
