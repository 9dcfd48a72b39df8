package org.outpost.amt.fake;

import org.outpost.amt.loop.TaskLoop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop whose time is moved by hand. */
public final class VirtualLoop implements TaskLoop {
    private static final Instant START = Instant.parse("2026-01-15T08:30:00Z");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(
                    Comparator.<Scheduled>comparingLong(one -> one.at)
                            .thenComparingLong(one -> one.order));
    private long now;
    private long orders;

    private static final class Scheduled {
        private final Runnable task;
        private final long at;
        private final long order;

        Scheduled(Runnable task, long at, long order) {
            this.task = task;
            this.at = at;
            this.order = order;
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Scheduled scheduled = new Scheduled(task, now + delay.toNanos(), orders++);
        timers.add(scheduled);
        return () -> timers.remove(scheduled);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return START.plusNanos(now);
    }

    /** Runs what is to be run now. */
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass, with everything that becomes due. */
    public void pass(Duration time) {
        long until = now + time.toNanos();
        run();
        for (Scheduled next = timers.peek();
                next != null && next.at <= until;
                next = timers.peek()) {
            timers.remove(next);
            now = Math.max(now, next.at);
            next.task.run();
            run();
        }
        now = until;
    }

    /** How many timers wait. */
    public int timers() {
        return timers.size();
    }
}
