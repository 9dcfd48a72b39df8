package org.outpost.amt.traffic;

import java.time.Duration;

/**
 * How a call is treated.
 *
 * @param priority who goes first
 * @param deadline how long it may take, with its waiting; more than zero
 */
public record CallOptions(Priority priority, Duration deadline) {
    /** Checks the deadline. */
    public CallOptions {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a call needs a deadline of more than zero");
        }
    }

    /**
     * For a person who waits.
     *
     * @param deadline how long the call may take
     */
    public static CallOptions interactive(Duration deadline) {
        return new CallOptions(Priority.INTERACTIVE, deadline);
    }

    /**
     * For work that nobody waits for.
     *
     * @param deadline how long the call may take
     */
    public static CallOptions background(Duration deadline) {
        return new CallOptions(Priority.BACKGROUND, deadline);
    }
}
