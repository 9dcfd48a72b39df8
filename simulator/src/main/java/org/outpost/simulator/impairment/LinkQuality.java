package org.outpost.simulator.impairment;

import java.time.Duration;

/**
 * What a link does to the bytes of a device, in each direction.
 *
 * @param latency time that every byte takes at least
 * @param jitter time that is added at most, at random; order is kept all the same
 * @param bitsPerSecond how much passes; 0 for no limit
 * @param stallEvery time from the begin of one stall to that of the next; zero for no stalls
 * @param stallFor how long nothing passes in a stall
 */
public record LinkQuality(
        Duration latency,
        Duration jitter,
        long bitsPerSecond,
        Duration stallEvery,
        Duration stallFor) {
    /** A link that does nothing to its bytes. */
    public static final LinkQuality PERFECT =
            new LinkQuality(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);

    public LinkQuality {
        if (latency.isNegative() || jitter.isNegative() || bitsPerSecond < 0) {
            throw new IllegalArgumentException("latency, jitter and rate are not negative");
        }
        if (stallFor.isNegative()
                || (stallFor.isPositive() && stallEvery.compareTo(stallFor) <= 0)) {
            throw new IllegalArgumentException("a stall ends before the next begins");
        }
    }

    /** A link with this latency and jitter. */
    public static LinkQuality delayed(Duration latency, Duration jitter) {
        return new LinkQuality(latency, jitter, 0, Duration.ZERO, Duration.ZERO);
    }

    /** This link, with a limit to how much passes. */
    public LinkQuality narrowedTo(long bits) {
        return new LinkQuality(latency, jitter, bits, stallEvery, stallFor);
    }

    /** This link, with stalls. */
    public LinkQuality stalling(Duration every, Duration time) {
        return new LinkQuality(latency, jitter, bitsPerSecond, every, time);
    }
}
