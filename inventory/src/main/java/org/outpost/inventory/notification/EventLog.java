package org.outpost.inventory.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * What happened to devices, in the order in which it is told: append-only, in the database, with
 * the newest part in memory. Readers keep their own place in it; a slow one costs nobody else
 * anything, and one that falls behind what is kept is told how much it missed.
 */
public final class EventLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final Duration READ_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);
    private static final long FORGET_AT_ONCE = 5_000;

    private final Database database;
    private final EventLogSettings settings;
    private final MeterRegistry meters;
    private final EventTail tail;
    private final EventWriter writer;
    private volatile BiConsumer<UUID, String> beforeAlerts = (_, _) -> {};
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-events").daemon().factory());

    /**
     * A part of the log.
     *
     * @param missed how many events between the place asked for and the first of these are not kept
     *     any more; more than 0 when the place lies beyond the end, as after the database was made
     *     anew
     * @param place where to read on: the last of these, or the end when the place asked for lies
     *     beyond it
     */
    public record Part(List<Event> events, long missed, long place) {
        /** Keeps its own copy. */
        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * Opens the log. Blocks.
     *
     * @param database migrated with {@code Inventory.MIGRATIONS}; stays the caller's to close
     * @throws CompletionException when the database cannot be read
     */
    public EventLog(Database database, EventLogSettings settings, MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.meters = meters;
        long last = database.read(EventTable::last).toCompletableFuture().join();
        this.tail = new EventTail(settings.tail(), settings.memory(), last);
        this.writer =
                new EventWriter(
                        database,
                        clock,
                        settings.waiting(),
                        settings.memory(),
                        last,
                        this::written);
        Gauge.builder("outpost.events.waiting", writer, EventWriter::size)
                .description("Changes that wait for the database")
                .register(meters);
        Gauge.builder("outpost.events.dropped", writer, EventWriter::dropped)
                .description("Events that were never recorded because the database was away")
                .register(meters);
        Gauge.builder("outpost.events.refused", writer, EventWriter::refused)
                .description("Alerts that were not taken because too much waited for the database")
                .register(meters);
        long every = PRUNE_EVERY.toMillis();
        clock.scheduleWithFixedDelay(this::prune, every, every, TimeUnit.MILLISECONDS);
    }

    private void written(List<Event> events) {
        tail.add(events);
        for (Event event : events) {
            meters.counter("outpost.events.recorded", "type", event.type().label()).increment();
        }
    }

    /** Adds changes of one device, in one piece. Never blocks. */
    void append(Change... changes) {
        writer.add(changes);
    }

    /**
     * Adds what a device reported itself, after the device's connection. Never blocks.
     *
     * @param device {@code DeviceKey.id()}
     * @return completes when it is in the database; exceptionally, and at once, when so much waits
     *     for the database that it was not taken
     */
    public CompletionStage<Void> alert(UUID device, Instant time, EventData.Alert alert) {
        beforeAlerts.accept(device, alert.name());
        return writer.offer(
                new Change(
                        new Draft(
                                UUID.randomUUID().toString(), EventType.ALERT, device, time, alert),
                        null));
    }

    /**
     * Sets who adds what must come before an alert.
     *
     * @param first gets {@code DeviceKey.id()} and the device's name, which may be empty; it must
     *     not block
     */
    void beforeAlerts(BiConsumer<UUID, String> first) {
        beforeAlerts = first;
    }

    /**
     * Completes when everything added before is in the database, whatever is added meanwhile. What
     * was left out because memory was full is not waited for.
     */
    public CompletionStage<Void> flush() {
        return writer.flush();
    }

    /** The sequence of the newest event; 0 when there was never one. */
    public long last() {
        return tail.last();
    }

    /**
     * Reads what follows a place; {@link Part#place} says where to read on. May block on the
     * database, so not for an event loop.
     *
     * @param sequence 0 for the beginning
     * @param most how many events at most, 1 or more
     * @throws org.outpost.database.DatabaseException when the database does not answer
     * @throws InterruptedException when the thread is to end
     */
    public Part read(long sequence, int most) throws InterruptedException {
        long end = tail.last();
        if (sequence > end) {
            // A place in an earlier log: what this one told so far was missed, and perhaps more.
            return new Part(List.of(), Math.max(1, end), end);
        }
        Optional<List<Event>> recent = tail.after(sequence, most);
        if (recent.isPresent()) {
            return part(sequence, recent.get());
        }
        List<Event> stored = ask(database.read(handle -> EventTable.after(handle, sequence, most)));
        // What was committed just now is not in memory yet, and nobody's place may be beyond that.
        long told = tail.last();
        return part(sequence, stored.stream().filter(it -> it.sequence() <= told).toList());
    }

    private static Part part(long sequence, List<Event> events) {
        return events.isEmpty()
                ? new Part(events, 0, sequence)
                : new Part(
                        events,
                        events.getFirst().sequence() - sequence - 1,
                        events.getLast().sequence());
    }

    private static <T> T ask(CompletionStage<T> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture()
                    .get(READ_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new org.outpost.database.DatabaseException(
                    "the log of events cannot be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new org.outpost.database.DatabaseException(
                    "the log of events was not read within " + READ_DEADLINE.toSeconds() + " s", e);
        }
    }

    /**
     * Waits until there is something after a place.
     *
     * @return whether there is; false after the time, or when the log is closed
     * @throws InterruptedException when the thread is to end
     */
    public boolean await(long sequence, Duration patience) throws InterruptedException {
        return tail.await(sequence, patience);
    }

    /** Whether {@link #close} was called: nothing comes any more. */
    public boolean isClosed() {
        return tail.isClosed();
    }

    /** Takes away what is too old or too much; never the newest, whose number must survive. */
    void prune() {
        long newest = tail.last();
        Instant oldest = Instant.now().minus(settings.age());
        database.read(
                        handle ->
                                Map.entry(
                                        EventTable.first(handle),
                                        EventTable.lastBefore(handle, oldest)))
                .thenAccept(
                        found -> {
                            long upTo =
                                    Math.min(
                                            newest - 1,
                                            Math.max(newest - settings.events(), found.getValue()));
                            forget(found.getKey(), upTo);
                        })
                .exceptionally(
                        failure -> {
                            log.atDebug().setCause(failure).log("old events stay for now");
                            return null;
                        });
    }

    /** In pieces, so that no transaction holds the writer for long. */
    private void forget(long first, long upTo) {
        if (first == 0 || first > upTo) {
            return;
        }
        long piece = Math.min(upTo, first + FORGET_AT_ONCE - 1);
        database.<Boolean>write(
                        handle -> {
                            EventTable.forget(handle, piece);
                            return true;
                        })
                .thenAccept(_ -> forget(piece + 1, upTo))
                .exceptionally(
                        failure -> {
                            log.atDebug().setCause(failure).log("old events stay for now");
                            return null;
                        });
    }

    /** What was promised to happen later happens on this clock; nothing on it may block. */
    ScheduledExecutorService clock() {
        return clock;
    }

    /** The database behind the log. */
    Database database() {
        return database;
    }

    /** Writes what waits, for at most five seconds, and wakes all readers. Blocks. */
    @Override
    public void close() {
        writer.flush()
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .exceptionally(failure -> null)
                .join();
        writer.close();
        tail.close();
        clock.shutdownNow();
    }
}
