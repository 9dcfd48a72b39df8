package org.outpost.inventory.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread of its own. */
final class ThreadLoop implements JobLoop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ThreadLoop.class);

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("outpost-jobs").daemon().factory());

    ThreadLoop(InstantSource clock) {
        this.clock = clock;
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        try {
            Future<?> later =
                    thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> later.cancel(false);
        } catch (RejectedExecutionException e) {
            // The server stops; jobs go on where they were after the next start.
            return () -> {};
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("leading a job met a fault of our own");
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
