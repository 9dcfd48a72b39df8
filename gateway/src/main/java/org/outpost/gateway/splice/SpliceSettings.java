package org.outpost.gateway.splice;

import java.time.Duration;

/**
 * Deadlines of a splice.
 *
 * @param linger how long the device's side stays open after the console said that it sends no more,
 *     counted from the last byte in either direction; and how long the console may go on sending
 *     after the device has ended
 * @param drain how long a console, after the device has ended, may take none of the bytes that wait
 *     for it
 * @param stall how long a device may take none of the bytes that a console sent, while nothing
 *     moves the other way either
 */
public record SpliceSettings(Duration linger, Duration drain, Duration stall) {
    private static final Duration USUAL_STALL = Duration.ofMinutes(2);

    /** The half-close rule's ten seconds, and thirty for a console that stopped reading. */
    public static final SpliceSettings DEFAULT =
            new SpliceSettings(Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Two minutes for a device that has hung. */
    public SpliceSettings(Duration linger, Duration drain) {
        this(linger, drain, USUAL_STALL);
    }

    public SpliceSettings {
        if (!linger.isPositive() || !drain.isPositive() || !stall.isPositive()) {
            throw new IllegalArgumentException("deadlines must be longer than nothing");
        }
    }
}
