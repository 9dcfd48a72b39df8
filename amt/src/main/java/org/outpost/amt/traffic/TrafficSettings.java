package org.outpost.amt.traffic;

import java.time.Duration;

/**
 * The officer's limits.
 *
 * @param waiting the most calls that wait or run for one device
 * @param turns after so many interactive calls in a row a background call has its turn
 * @param firstPause before a call that met a shortage of resources is repeated; doubled each time
 * @param longestPause the longest of these pauses
 * @param idle after which the connection is closed
 * @param facts the most results that are kept
 * @param factBytes the most memory that kept results take, about
 */
public record TrafficSettings(
        int waiting,
        int turns,
        Duration firstPause,
        Duration longestPause,
        Duration idle,
        int facts,
        long factBytes) {
    /** Sixty-four calls; half a second to eight seconds; half a megabyte. */
    public static final TrafficSettings DEFAULT =
            new TrafficSettings(
                    64,
                    8,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(60),
                    96,
                    512 * 1024);
}
