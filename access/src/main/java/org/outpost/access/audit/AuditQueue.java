package org.outpost.access.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits to be written, in order and bounded. Safe for several threads. */
final class AuditQueue {
    private final int capacity;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long lost;
    private long lostSinceTold;
    private boolean closed;

    /**
     * An entry to be.
     *
     * @param urgent whether somebody waits for it before acting
     */
    record Waiting(
            AuditDraft what,
            Instant time,
            boolean urgent,
            CompletableFuture<AuditLine.Entry> promise) {
        static Waiting of(AuditDraft what, Instant time, boolean urgent) {
            return new Waiting(what, time, urgent, new CompletableFuture<>());
        }
    }

    AuditQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Returns false when there is no room, or it is closed; then the entry counts as lost. */
    synchronized boolean add(Waiting entry) {
        if (closed || waiting.size() >= capacity) {
            lost++;
            lostSinceTold++;
            return false;
        }
        waiting.addLast(entry);
        return true;
    }

    synchronized List<Waiting> take(int most) {
        List<Waiting> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    /** Takes back one that somebody does not wait for any more; nothing when it is under way. */
    synchronized void remove(Waiting entry) {
        // Each has a promise of its own, which equals no other.
        waiting.remove(entry);
    }

    /** Takes out all that somebody waits for before acting. */
    synchronized List<Waiting> removeUrgent() {
        List<Waiting> removed = waiting.stream().filter(Waiting::urgent).toList();
        waiting.removeIf(Waiting::urgent);
        return removed;
    }

    /** How many were lost since this was asked the last time. */
    synchronized long takeLost() {
        long count = lostSinceTold;
        lostSinceTold = 0;
        return count;
    }

    synchronized long lost() {
        return lost;
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
    }
}
