package org.outpost.simulator.impairment;

import java.util.SplittableRandom;

/**
 * One direction of a link as arithmetic: when bytes that enter it now come out. A token bucket for
 * the rate, then latency and jitter, then the stalls; nothing overtakes. Times are nanoseconds of
 * one clock.
 */
final class LinkModel {
    /** What may pass at once before the rate bites. */
    private static final long BURST_BITS = 8L * 4096;

    private static final long SECOND = 1_000_000_000L;

    private final LinkQuality quality;
    private final SplittableRandom random;
    private final long origin;
    private double paidUntil;
    private long lastOut;

    /**
     * A direction.
     *
     * @param random decides on jitter
     * @param now when the connection begins; the first stall comes one period later
     */
    LinkModel(LinkQuality quality, SplittableRandom random, long now) {
        this.quality = quality;
        this.random = random;
        this.origin = now;
        this.paidUntil = now - burstNanos();
        this.lastOut = now;
    }

    /** When bytes that enter now come out at the other end. */
    long out(long now, int bytes) {
        long sent = now;
        if (quality.bitsPerSecond() > 0) {
            double cost = 8.0 * bytes * SECOND / quality.bitsPerSecond();
            paidUntil = Math.max(paidUntil, now - burstNanos()) + cost;
            sent = Math.max(now, (long) paidUntil);
        }
        long out = sent + quality.latency().toNanos() + jitter();
        lastOut = afterStall(Math.max(lastOut, out));
        return lastOut;
    }

    private double burstNanos() {
        return quality.bitsPerSecond() == 0
                ? 0
                : (double) BURST_BITS * SECOND / quality.bitsPerSecond();
    }

    private long jitter() {
        long most = quality.jitter().toNanos();
        return most == 0 ? 0 : random.nextLong(most + 1);
    }

    private long afterStall(long time) {
        long period = quality.stallEvery().toNanos();
        if (quality.stallFor().isZero()) {
            return time;
        }
        long age = time - origin;
        long intoPeriod = Math.floorMod(age, period);
        boolean stalled = age >= period && intoPeriod < quality.stallFor().toNanos();
        return stalled ? time - intoPeriod + quality.stallFor().toNanos() : time;
    }
}
