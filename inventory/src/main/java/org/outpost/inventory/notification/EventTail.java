package org.outpost.inventory.notification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest events in memory, bounded in number and in bytes, so that whoever keeps up costs no
 * query. Thread-safe; meant for threads that may wait.
 */
final class EventTail {
    private final @Nullable Event[] ring;
    private final long budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long first;
    private long last;
    private long bytes;
    private boolean closed;

    /**
     * Makes an empty tail.
     *
     * @param capacity events, 1 or more
     * @param budget bytes of memory, 1 or more
     * @param last the sequence of the newest event, which is not in memory
     */
    EventTail(int capacity, long budget, long last) {
        this.ring = new Event[capacity];
        this.budget = budget;
        this.first = last + 1;
        this.last = last;
    }

    /** Adds what follows on without a gap. */
    void add(List<Event> events) {
        lock.lock();
        try {
            for (Event event : events) {
                last = event.sequence();
                if (last - first >= ring.length) {
                    forgetFirst();
                }
                ring[slot(last)] = event;
                bytes += EventSize.of(event);
                while (bytes > budget) {
                    forgetFirst();
                }
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forgetFirst() {
        Event oldest = ring[slot(first)];
        ring[slot(first)] = null;
        first++;
        if (oldest != null) {
            bytes -= EventSize.of(oldest);
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }

    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** What follows a sequence; empty when that is not in memory any more. */
    Optional<List<Event>> after(long sequence, int most) {
        lock.lock();
        try {
            if (sequence >= last) {
                return Optional.of(List.of());
            }
            if (sequence + 1 < first) {
                return Optional.empty();
            }
            List<Event> events = new ArrayList<>();
            for (long at = sequence + 1; at <= last && events.size() < most; at++) {
                events.add(Objects.requireNonNull(ring[slot(at)]));
            }
            return Optional.of(events);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something newer, at most so long; says whether there is. */
    boolean await(long sequence, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (last <= sequence && left > 0 && !closed) {
                left = grown.awaitNanos(left);
            }
            return last > sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all who wait, for good. */
    void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
