package org.outpost.gateway.door;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Lets one of many equal events a minute be logged, with the number that it stands for. */
public final class OncePerMinute {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** Counts an event; {@code log} gets the number since the last time, when a minute is over. */
    public void happened(LongConsumer log) {
        count.incrementAndGet();
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + MINUTE)) {
            log.accept(count.getAndSet(0));
        }
    }
}
