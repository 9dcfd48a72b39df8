package org.outpost.apf.channel;

/** The shortest round trip seen on a tunnel, in nanoseconds; 0 until one was measured. One loop. */
public final class RoundTrip {
    private long shortest;

    /** Takes a measurement into account. */
    public void measured(long nanos) {
        if (nanos > 0 && (shortest == 0 || nanos < shortest)) {
            shortest = nanos;
        }
    }

    /** The shortest so far. */
    public long shortestNanos() {
        return shortest;
    }
}
