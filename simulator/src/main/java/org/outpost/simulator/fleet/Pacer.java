package org.outpost.simulator.fleet;

/** How many may go at each tick so that a rate is met in the long run. */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private long last;
    private double owed;

    /**
     * A rate.
     *
     * @param perSecond 0 for no limit
     * @param now nanoseconds of the clock that the ticks use
     */
    Pacer(int perSecond, long now) {
        this.perSecond = perSecond;
        this.last = now;
    }

    /** How many may go now. What is not used is not saved for later. */
    int tick(long now) {
        if (perSecond == 0) {
            return Integer.MAX_VALUE;
        }
        owed += (double) (now - last) * perSecond / SECOND;
        last = now;
        int whole = (int) owed;
        owed -= whole;
        return whole;
    }
}
