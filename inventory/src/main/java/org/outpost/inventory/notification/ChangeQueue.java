package org.outpost.inventory.notification;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What waits for the database, bounded in number and in bytes. When it holds too many changes, the
 * oldest connections whose beginning and end both wait are left out: who hears the rest still hears
 * each device come and go in turn. When that is not enough, the oldest alerts go, and only then the
 * oldest of all. When it holds too many bytes, the oldest alerts go and nothing else, for they
 * alone can be large.
 *
 * <p>A tenth is freed each time, so that the pass over all that waits is seldom made. Changes are
 * numbered from 1 as they are added. Not thread-safe.
 */
final class ChangeQueue {
    private final int capacity;
    private final long budget;
    private Deque<Waiting> waiting = new ArrayDeque<>();
    private long added;
    private long bytes;
    private int alerts;
    private long dropped;

    /** A change with its number and its size in bytes. */
    private record Waiting(long number, Change change, long bytes) {
        Waiting(long number, Change change) {
            this(number, change, EventSize.of(change));
        }

        boolean isAlert() {
            return change.tells(EventType.ALERT);
        }
    }

    /**
     * Makes an empty queue.
     *
     * @param capacity changes, 2 or more
     * @param budget bytes of memory, 1 or more; connections that come and go are held beyond it
     */
    ChangeQueue(int capacity, long budget) {
        this.capacity = capacity;
        this.budget = budget;
    }

    void add(Change change) {
        if (waiting.size() >= capacity) {
            makeRoom();
        }
        added++;
        keep(new Waiting(added, change));
        if (bytes > budget && alerts > 0) {
            dropOldest(true, 0, bytes - (budget - budget / 10));
        }
    }

    /** Takes at most so many, in order. */
    List<Change> take(int most) {
        List<Change> batch = new ArrayList<>(Math.min(most, waiting.size()));
        while (batch.size() < most && !waiting.isEmpty()) {
            Waiting first = waiting.removeFirst();
            bytes -= first.bytes();
            alerts -= first.isAlert() ? 1 : 0;
            batch.add(first.change());
        }
        return batch;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Whether it is at most half full: the other half is for devices that come and go. */
    boolean hasRoomForAlerts() {
        return waiting.size() <= capacity / 2 && bytes <= budget / 2;
    }

    /** The number of the newest change. */
    long added() {
        return added;
    }

    /** Up to this number all changes were taken or dropped. */
    long gone() {
        Waiting first = waiting.peekFirst();
        return first == null ? added : first.number() - 1;
    }

    /** How many events were left out since the start. */
    long dropped() {
        return dropped;
    }

    private void makeRoom() {
        int most = capacity - Math.max(1, capacity / 10);
        dropPairs(waiting.size() - most);
        dropOldest(true, waiting.size() - most, 0);
        dropOldest(false, waiting.size() - most, 0);
    }

    /** Drops the oldest until so many places and so many bytes are free, or none are left. */
    private void dropOldest(boolean alertsOnly, int places, long size) {
        if ((places <= 0 && size <= 0) || (alertsOnly && alerts == 0)) {
            return;
        }
        Deque<Waiting> before = startAnew();
        int placesLeft = places;
        long sizeLeft = size;
        for (Waiting one : before) {
            if ((placesLeft > 0 || sizeLeft > 0) && (!alertsOnly || one.isAlert())) {
                placesLeft--;
                sizeLeft -= one.bytes();
                dropped += one.change().event() == null ? 0 : 1;
            } else {
                keep(one);
            }
        }
    }

    /** Drops states that are out of date, and whole connections until so many places are free. */
    private void dropPairs(int places) {
        Set<Waiting> lastStates = lastStates();
        int outOfDate = 0;
        for (Waiting one : waiting) {
            if (one.change().event() == null && !lastStates.contains(one)) {
                outOfDate++;
            }
        }
        Set<Waiting> silenced = oldestPairs(places - outOfDate, lastStates);
        dropped += silenced.size();
        for (Waiting one : startAnew()) {
            if (one.change().event() != null && !silenced.contains(one)) {
                keep(one);
            } else if (lastStates.contains(one)) {
                // Its state must be right after a restart, whatever was told.
                keep(new Waiting(one.number(), one.change().silent()));
            }
        }
    }

    /** The newest state of each device; identity counts, as each change is in the queue once. */
    private Set<Waiting> lastStates() {
        Map<UUID, Waiting> newest = new HashMap<>();
        for (Waiting one : waiting) {
            if (one.change().announcement() != null) {
                newest.put(one.change().announcement().device(), one);
            }
        }
        Set<Waiting> states = Collections.newSetFromMap(new IdentityHashMap<>());
        states.addAll(newest.values());
        return states;
    }

    /** Whole connections, oldest first, until leaving them out frees so many places. */
    private Set<Waiting> oldestPairs(int places, Set<Waiting> lastStates) {
        Set<Waiting> pairs = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<UUID, Waiting> begun = new HashMap<>();
        int freed = 0;
        for (Waiting one : waiting) {
            if (freed >= places) {
                return pairs;
            }
            @Nullable UUID device = one.change().device();
            if (device == null) {
                continue;
            }
            if (one.change().tells(EventType.CONNECTED)) {
                begun.put(device, one);
            } else if (one.change().tells(EventType.DISCONNECTED)) {
                Waiting beginning = begun.remove(device);
                if (beginning != null) {
                    pairs.add(beginning);
                    pairs.add(one);
                    // A newest state stays, without its event.
                    freed += lastStates.contains(one) ? 1 : 2;
                }
            }
        }
        return pairs;
    }

    private Deque<Waiting> startAnew() {
        Deque<Waiting> before = waiting;
        waiting = new ArrayDeque<>(before.size());
        bytes = 0;
        alerts = 0;
        return before;
    }

    private void keep(Waiting one) {
        waiting.addLast(one);
        bytes += one.bytes();
        alerts += one.isAlert() ? 1 : 0;
    }
}
