package org.outpost.inventory.notification;

import org.outpost.database.Database;
import org.outpost.database.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Brings changes into the database, in order: one write is under way at most, what comes meanwhile
 * goes into the next, and one that fails is tried again until it succeeds. Nothing blocks; safe to
 * use on event loops.
 */
final class EventWriter {
    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final int BATCH = 1_000;
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 2_000;

    private final Database database;
    private final ScheduledExecutorService clock;
    private final Consumer<List<Event>> readers;
    private final ReentrantLock lock = new ReentrantLock();
    private final ChangeQueue queue;
    private final Deque<Flush> flushes = new ArrayDeque<>();
    private long last;
    private long written;
    private boolean writing;
    private boolean closed;
    private long loggedDrops;
    private long refused;
    private boolean loggedRefusal;
    private int failures;

    /**
     * Somebody who waits.
     *
     * @param target the number of the change up to which all must be written
     */
    private record Flush(long target, CompletableFuture<Void> promise) {}

    /**
     * Makes a writer.
     *
     * @param clock retries, and whoever waited is told; it must not block
     * @param capacity changes that may wait, 2 or more
     * @param budget bytes that they may take
     * @param last the highest sequence in the database
     * @param readers get the events of each write after its commit, in order
     */
    EventWriter(
            Database database,
            ScheduledExecutorService clock,
            int capacity,
            long budget,
            long last,
            Consumer<List<Event>> readers) {
        this.database = database;
        this.clock = clock;
        this.queue = new ChangeQueue(capacity, budget);
        this.last = last;
        this.readers = readers;
    }

    void add(Change... changes) {
        boolean begin;
        long dropped;
        lock.lock();
        try {
            long before = queue.dropped();
            for (Change change : changes) {
                queue.add(change);
            }
            dropped = queue.dropped() - before > 0 && loggedDrops == 0 ? queue.dropped() : 0;
            loggedDrops += dropped;
            begin = !writing;
            writing = true;
        } finally {
            lock.unlock();
        }
        if (dropped > 0) {
            log.atError()
                    .addKeyValue("events", dropped)
                    .log(
                            "the database has been away for so long that memory is full; the"
                                    + " oldest alerts, and connections that began and ended"
                                    + " meanwhile, will not be told");
        }
        if (begin) {
            next();
        }
    }

    /**
     * Adds an alert, unless what waits takes half of the room.
     *
     * @return completes when it is in the database; at once with a {@link DatabaseException} when
     *     it was not taken
     */
    CompletionStage<Void> offer(Change alert) {
        if (refuses()) {
            return CompletableFuture.failedFuture(
                    new DatabaseException("so much waits for the database that no alert is taken"));
        }
        add(alert);
        return flush();
    }

    private boolean refuses() {
        boolean first;
        lock.lock();
        try {
            if (queue.hasRoomForAlerts()) {
                return false;
            }
            refused++;
            first = !loggedRefusal;
            loggedRefusal = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            log.atWarn()
                    .log(
                            "half of the memory for what waits for the database is full; alerts"
                                    + " are refused until it is written");
        }
        return true;
    }

    int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return queue.dropped();
        } finally {
            lock.unlock();
        }
    }

    /** How many alerts were not taken since the start. */
    long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when everything added before is in the database, but for what was dropped. */
    CompletionStage<Void> flush() {
        lock.lock();
        try {
            if (queue.added() == written) {
                return CompletableFuture.completedFuture(null);
            }
            Flush flush = new Flush(queue.added(), new CompletableFuture<>());
            flushes.addLast(flush);
            return flush.promise();
        } finally {
            lock.unlock();
        }
    }

    /** Tries no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void next() {
        List<Event> events = new ArrayList<>();
        Map<UUID, Announcement> states = new LinkedHashMap<>();
        List<Flush> flushed = new ArrayList<>();
        boolean more;
        lock.lock();
        try {
            // No write is under way now, so what does not wait any more is written, or was dropped.
            written = queue.gone();
            while (!flushes.isEmpty() && flushes.getFirst().target() <= written) {
                flushed.add(flushes.removeFirst());
            }
            List<Change> batch = queue.take(BATCH);
            more = !batch.isEmpty();
            if (!more) {
                writing = false;
                loggedDrops = 0;
                loggedRefusal = false;
            }
            Instant now = Instant.now();
            for (Change change : batch) {
                if (change.event() != null) {
                    last++;
                    events.add(change.event().at(last, now));
                }
                if (change.announcement() != null) {
                    states.put(change.announcement().device(), change.announcement());
                }
            }
        } finally {
            lock.unlock();
        }
        if (more) {
            write(events, List.copyOf(states.values()));
        }
        flushed.forEach(flush -> flush.promise().complete(null));
    }

    private void write(List<Event> events, List<Announcement> states) {
        database.<Boolean>write(
                        handle -> {
                            EventTable.write(handle, events, states);
                            return true;
                        })
                // Whoever adds may hold locks; nobody who waits must be told on that thread.
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (failure == null) {
                                succeeded(events);
                            } else {
                                failed(events, states, failure);
                            }
                        },
                        clock);
    }

    private void succeeded(List<Event> events) {
        if (failures > 0) {
            failures = 0;
            log.atInfo().log("events are written to the database again");
        }
        if (!events.isEmpty()) {
            readers.accept(events);
        }
        next();
    }

    private void failed(List<Event> events, List<Announcement> states, Throwable failure) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        failures++;
        (failures == 1 ? log.atError() : log.atDebug())
                .addKeyValue("reason", failure.getMessage())
                .log("events cannot be written to the database; they are kept in memory");
        long delay =
                Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures - 1, 10));
        clock.schedule(() -> write(events, states), delay, TimeUnit.MILLISECONDS);
    }
}
