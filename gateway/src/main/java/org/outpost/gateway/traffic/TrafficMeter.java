package org.outpost.gateway.traffic;

import java.util.concurrent.TimeUnit;

/**
 * Tells bytes per second of one connection, from counters that are there anyway: nothing is done
 * for a byte, or for a batch of them. {@link TrafficSampler} notes the counters now and then; a
 * rate is what came since the last note but one, so it covers one to two intervals of the sampler,
 * and falls to zero at most two intervals after the last byte. Of a connection that is younger it
 * covers its whole life. Thread-safe.
 */
public final class TrafficMeter {
    /** Else the first packets of a connection would pass for a flood. */
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ByteCount bytes;
    private Note before;
    private Note last;

    /** What the counters said at some time. */
    private record Note(long nanos, long toDevice, long fromDevice) {}

    /**
     * Makes the meter of a connection that begins: its counters begin at zero.
     *
     * @param nanos {@link System#nanoTime()} of now
     */
    public TrafficMeter(ByteCount bytes, long nanos) {
        this.bytes = bytes;
        this.last = new Note(nanos, 0, 0);
        this.before = last;
    }

    /**
     * Notes the counters.
     *
     * @param nanos {@link System#nanoTime()} of now, not before the former
     */
    public synchronized void sample(long nanos) {
        before = last;
        last = new Note(nanos, bytes.toDevice(), bytes.fromDevice());
    }

    /**
     * What flows now. Of a connection younger than a second: its bytes so far.
     *
     * @param nanos {@link System#nanoTime()} of now
     */
    public synchronized Rates rates(long nanos) {
        long length = Math.max(SHORTEST_NANOS, nanos - before.nanos());
        return new Rates(
                perSecond(bytes.toDevice() - before.toDevice(), length),
                perSecond(bytes.fromDevice() - before.fromDevice(), length));
    }

    private static long perSecond(long amount, long nanos) {
        return Math.round(amount * 1e9 / nanos);
    }
}
