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
 * What waits for the database, bounded. When it is full, the oldest connections whose beginning and
 * end both wait are left out: who hears the rest still hears each device come and go in turn. Not
 * thread-safe.
 */
final class ChangeQueue {
    private final int capacity;
    private Deque<Change> waiting = new ArrayDeque<>();
    private long dropped;

    /**
     * Makes an empty queue.
     *
     * @param capacity 2 or more
     */
    ChangeQueue(int capacity) {
        this.capacity = capacity;
    }

    void add(Change change) {
        if (waiting.size() >= capacity) {
            makeRoom();
        }
        waiting.addLast(change);
    }

    /** Takes at most so many, in order. */
    List<Change> take(int most) {
        List<Change> batch = new ArrayList<>(Math.min(most, waiting.size()));
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** How many events were left out since the start. */
    long dropped() {
        return dropped;
    }

    private void makeRoom() {
        Set<Change> silenced = oldestPairs(Math.max(1, capacity / 10));
        dropped += silenced.size();
        Map<UUID, Change> lastState = new HashMap<>();
        for (Change change : waiting) {
            if (change.announcement() != null) {
                lastState.put(change.announcement().device(), change);
            }
        }
        Set<Change> lastStates = Collections.newSetFromMap(new IdentityHashMap<>());
        lastStates.addAll(lastState.values());
        Deque<Change> kept = new ArrayDeque<>(waiting.size());
        for (Change change : waiting) {
            boolean told = change.event() != null && !silenced.contains(change);
            if (told) {
                kept.addLast(change);
            } else if (lastStates.contains(change)) {
                // Its state must be right after a restart, whatever was told.
                kept.addLast(change.silent());
            }
        }
        if (kept.size() >= capacity) {
            // As many devices as places: nothing is left but to lose the oldest.
            Change lost = kept.removeFirst();
            dropped += lost.event() == null ? 0 : 1;
        }
        waiting = kept;
    }

    /** Whole connections, oldest first; identity counts, as each change is in the queue once. */
    private Set<Change> oldestPairs(int most) {
        Set<Change> pairs = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<UUID, Change> begun = new HashMap<>();
        for (Change change : waiting) {
            @Nullable UUID device = change.device();
            if (device == null) {
                continue;
            }
            if (change.tells(EventType.CONNECTED)) {
                begun.put(device, change);
            } else if (change.tells(EventType.DISCONNECTED)) {
                Change beginning = begun.remove(device);
                if (beginning != null) {
                    pairs.add(beginning);
                    pairs.add(change);
                    if (pairs.size() >= most) {
                        return pairs;
                    }
                }
            }
        }
        return pairs;
    }
}
