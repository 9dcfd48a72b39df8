package org.outpost.server.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells the service manager that the server is alive, and only while it is: each time the server is
 * asked for a beat, and its answer is what is passed on. A server that hangs stays silent, and is
 * restarted.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** Three beats for each patience: one may be late, and one lost. */
    private static final int BEATS = 3;

    private final ServiceManager manager;
    private final Supplier<? extends CompletionStage<?>> beat;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-watchdog").daemon().factory());

    /**
     * Starts, when the manager watches at all.
     *
     * @param beat asks the server; completes when all that must answer has answered
     */
    public Watchdog(ServiceManager manager, Supplier<? extends CompletionStage<?>> beat) {
        this.manager = manager;
        this.beat = beat;
        manager.watchdog().ifPresent(this::start);
    }

    private void start(Duration patience) {
        long nanos = Math.max(1, patience.toNanos() / BEATS);
        clock.scheduleAtFixedRate(this::ask, 0, nanos, TimeUnit.NANOSECONDS);
        log.atInfo().addKeyValue("every", patience).log("the service manager watches");
    }

    private void ask() {
        if (asked.getAndSet(true)) {
            log.atWarn().log("the server has not answered its watchdog yet");
            return;
        }
        try {
            beat.get()
                    .whenComplete(
                            (answer, failure) -> {
                                asked.set(false);
                                if (failure == null) {
                                    manager.alive();
                                }
                            });
        } catch (RuntimeException e) {
            asked.set(false);
            log.atWarn().setCause(e).log("the server could not be asked whether it is alive");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
