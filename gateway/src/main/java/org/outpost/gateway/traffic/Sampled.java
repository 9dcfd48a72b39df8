package org.outpost.gateway.traffic;

/** Holds connections whose counters are to be noted now and then. */
@FunctionalInterface
public interface Sampled {
    /**
     * Notes the counters of all of them.
     *
     * @param nanos {@link System#nanoTime()} of now
     */
    void sample(long nanos);
}
