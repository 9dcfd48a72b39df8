package org.outpost.apf.channel;

/**
 * What the peer may still send on a channel, and when it is granted more. Only the channel's loop
 * uses it.
 *
 * <p>Credit goes back when more than half of the window was consumed. The window grows, doubling,
 * when all of it was used within two round trips: then it was the window that limited the rate. It
 * shrinks back towards its initial size, by granting less than was consumed, when less than a
 * quarter of it was used in a long while. Growth is paid from the process's {@link WindowBudget}.
 */
final class LocalWindow {
    /** When the budget is used up a channel still gets this much. */
    private static final int SMALLEST = 16 * 1024;

    private static final long SHRINK_AFTER_NANOS = 1_000_000_000L;

    private final WindowSettings settings;
    private int size;
    private long available;
    private long ungranted;
    private long epochStart;
    private long epochBytes;

    LocalWindow(WindowSettings settings, long now) {
        this.settings = settings;
        this.size = settings.initial();
        if (!settings.budget().tryReserve(size)) {
            size = Math.min(size, SMALLEST);
            settings.budget().reserve(size);
        }
        this.available = size;
        this.epochStart = now;
    }

    int size() {
        return size;
    }

    /**
     * Takes account of a payload.
     *
     * @return false when the peer has gone beyond twice the window (protocol/README 11)
     */
    boolean receive(int bytes) {
        available -= bytes;
        epochBytes += bytes;
        return available >= -size;
    }

    /**
     * The consumer took bytes.
     *
     * @param roundTripNanos the shortest seen, 0 when none was measured
     * @return how much to grant now with WINDOW_ADJUST; 0 for not yet
     */
    long consume(int bytes, long now, long roundTripNanos) {
        ungranted += bytes;
        resize(now, roundTripNanos);
        if (ungranted <= size / 2) {
            return 0;
        }
        long grant = ungranted;
        ungranted = 0;
        available += grant;
        return grant;
    }

    private void resize(long now, long roundTripNanos) {
        long elapsed = now - epochStart;
        if (epochBytes >= size) {
            boolean limited = roundTripNanos > 0 && elapsed <= 2 * roundTripNanos;
            int larger = (int) Math.min(2L * size, settings.maximum());
            if (limited && larger > size && settings.budget().tryReserve(larger - size)) {
                ungranted += larger - size;
                size = larger;
            }
            startEpoch(now);
        } else if (elapsed > Math.max(SHRINK_AFTER_NANOS, 16 * roundTripNanos)) {
            int smaller = Math.max(settings.initial(), size / 2);
            if (epochBytes < size / 4 && smaller < size) {
                ungranted -= size - smaller;
                settings.budget().release(size - smaller);
                size = smaller;
            }
            startEpoch(now);
        }
    }

    private void startEpoch(long now) {
        epochStart = now;
        epochBytes = 0;
    }

    /** Gives the window back to the budget. */
    void release() {
        settings.budget().release(size);
        size = 0;
    }
}
