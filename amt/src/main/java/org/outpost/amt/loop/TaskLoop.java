package org.outpost.amt.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * One thread's worth of work with its own time: what belongs to one device runs here, one task
 * after the other, and never blocks. In production it is an event loop; in tests time is moved by
 * hand.
 */
public interface TaskLoop extends Executor {
    /** A task that waits for its time. */
    interface Timer {
        /** Takes it back; does nothing when it has run. */
        void cancel();
    }

    /**
     * Runs a task later on this loop.
     *
     * @param task what to run
     * @param delay not negative
     */
    Timer schedule(Runnable task, Duration delay);

    /** A clock that only goes forward, in nanoseconds from an arbitrary start. */
    long nanoTime();

    /** The wall clock. */
    Instant now();
}
