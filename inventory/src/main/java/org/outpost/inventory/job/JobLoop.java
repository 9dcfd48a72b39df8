package org.outpost.inventory.job;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The one thread on which all jobs are led. Nothing on it blocks. */
interface JobLoop extends Executor {
    /** A task that waits for its time. */
    interface Timer {
        /** Takes it back; does nothing when it has run. */
        void cancel();
    }

    /** Runs something later; never when the loop was closed before. */
    Timer schedule(Runnable task, Duration delay);

    /** The wall clock. */
    Instant now();
}
