package org.outpost.gateway.traffic;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Notes all counters every five seconds, on a thread of its own: a walk over 100,000 connections
 * takes some milliseconds there and nothing on the event loops, and who asks for rates finds them
 * whether or not somebody asked before.
 */
public final class TrafficSampler implements AutoCloseable {
    /** How often. Rates cover one to two of these. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TrafficSampler.class);

    private final List<Sampled> all;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-traffic").daemon().factory());

    /** Begins. */
    public TrafficSampler(Sampled... all) {
        this(EVERY, all);
    }

    TrafficSampler(Duration every, Sampled... all) {
        this.all = List.of(all);
        clock.scheduleWithFixedDelay(
                this::sample, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sample() {
        for (Sampled some : all) {
            try {
                some.sample(System.nanoTime());
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("the traffic could not be noted; it is tried again");
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
