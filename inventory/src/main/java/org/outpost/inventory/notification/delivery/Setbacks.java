package org.outpost.inventory.notification.delivery;

import java.util.function.LongSupplier;

/** How often one event failed, and whether it alone is at fault. For one thread. */
final class Setbacks {
    private final Patience patience;
    private final LongSupplier acknowledged;
    private final LongSupplier nanos;
    private long first;
    private long seen;
    private int failures;
    private int comparisons;
    private boolean othersGotThrough;

    /**
     * Begins to count.
     *
     * @param acknowledged how many requests the subscriber took so far; rises
     * @param nanos as {@link System#nanoTime}
     */
    Setbacks(Patience patience, LongSupplier acknowledged, LongSupplier nanos) {
        this.patience = patience;
        this.acknowledged = acknowledged;
        this.nanos = nanos;
    }

    /**
     * Counts a failure.
     *
     * @return how many there were before
     */
    int add() {
        long others = acknowledged.getAsLong();
        othersGotThrough = failures > 0 && others > seen;
        if (failures == 0) {
            first = nanos.getAsLong();
        } else if (othersGotThrough) {
            comparisons++;
        }
        seen = others;
        return failures++;
    }

    /** Whether it failed for long while others got through, as they did just now. */
    boolean enough() {
        return othersGotThrough
                && comparisons >= patience.comparisons()
                && nanos.getAsLong() - first >= patience.time().toNanos();
    }
}
