package org.outpost.gateway.devicetraffic;

import io.netty.util.concurrent.Ticker;

import java.util.concurrent.TimeUnit;

/** So many a second, and a few seconds' worth of them at once. Only one loop uses it. */
final class RateCap {
    private static final int SECONDS_AT_ONCE = 5;

    private final long nanosEach;
    private final long reserve;
    private final Ticker ticker;
    private long freeFrom;

    RateCap(int perSecond, Ticker ticker) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.reserve = nanosEach * perSecond * SECONDS_AT_ONCE;
        this.ticker = ticker;
        this.freeFrom = ticker.nanoTime() - reserve;
    }

    /** Whether one more is within the cap; it is counted then. */
    boolean take() {
        long now = ticker.nanoTime();
        freeFrom = Math.max(freeFrom, now - reserve);
        if (freeFrom + nanosEach > now) {
            return false;
        }
        freeFrom += nanosEach;
        return true;
    }
}
