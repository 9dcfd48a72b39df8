package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.notification.Event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events under way to one subscriber: many at once, but of each device only one, so that it hears
 * them in order. Knows up to where everything is acknowledged. Bounded; thread-safe.
 */
final class Lanes {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Map<UUID, Deque<Event>> lanes = new HashMap<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private long read;

    /**
     * Makes empty lanes.
     *
     * @param capacity how many events may be under way or wait
     * @param acknowledged everything up to this sequence is
     */
    Lanes(int capacity, long acknowledged) {
        this.capacity = capacity;
        this.read = acknowledged;
    }

    /** How many more fit; waits until it is one at least. */
    int awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (open.size() >= capacity) {
                room.await();
            }
            return capacity - open.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an event.
     *
     * @return whether nothing else of its device is under way, so that a new thread must take care
     *     of that device
     */
    boolean add(Event event) {
        lock.lock();
        try {
            read = event.sequence();
            open.add(event.sequence());
            Deque<Event> lane = lanes.get(event.device());
            if (lane != null) {
                lane.addLast(event);
                return false;
            }
            Deque<Event> fresh = new ArrayDeque<>();
            fresh.addLast(event);
            lanes.put(event.device(), fresh);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest event of a device; it stays there until it is {@link #done}. */
    @Nullable Event head(UUID device) {
        lock.lock();
        try {
            Deque<Event> lane = lanes.get(device);
            return lane == null ? null : lane.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest event of its device is dealt with.
     *
     * @return the next one of the device; null when there is none, and the thread is to end
     */
    @Nullable Event done(Event event) {
        lock.lock();
        try {
            open.remove(event.sequence());
            room.signalAll();
            Deque<Event> lane = lanes.get(event.device());
            if (lane == null) {
                return null;
            }
            lane.removeFirst();
            Event next = lane.peekFirst();
            if (next == null) {
                lanes.remove(event.device());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to there is dealt with. */
    long acknowledged() {
        lock.lock();
        try {
            return open.isEmpty() ? read : open.first() - 1;
        } finally {
            lock.unlock();
        }
    }
}
