package org.outpost.simulator.machine;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param shortest least time until a change of power happens (simulator.md §6: 1 s)
 * @param longest most time until then (simulator.md §6: 3 s)
 * @param postStep time between two steps of the self-test
 * @param systemStart time that the operating system needs to start
 * @param watchdog time without a running system after which the watchdog says so (120 s)
 */
public record MachineTiming(
        Duration shortest,
        Duration longest,
        Duration postStep,
        Duration systemStart,
        Duration watchdog) {
    /** As simulator.md §6 and provisioning.md §4 have it. */
    public static final MachineTiming USUAL =
            new MachineTiming(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(150),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(120));

    public MachineTiming {
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("a change takes from shortest to longest");
        }
    }
}
