package org.outpost.amt.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A loop that is a Netty event executor. */
public final class NettyTaskLoop implements TaskLoop {
    private final EventExecutor executor;
    private final InstantSource clock;

    /**
     * Wraps an executor.
     *
     * @param executor usually an event loop
     * @param clock the wall clock
     */
    public NettyTaskLoop(EventExecutor executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return executor.ticker().nanoTime();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}
