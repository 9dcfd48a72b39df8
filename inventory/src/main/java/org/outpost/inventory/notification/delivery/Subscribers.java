package org.outpost.inventory.notification.delivery;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All subscribers: those of the configuration file, which may be replaced as a whole at any time,
 * and those of the API, which are stored. Each goes its own way; a slow or dead one costs the
 * others nothing. How far each has come is stored twice a second, so after a crash it hears a
 * little again.
 *
 * <p>Thread-safe. Methods that change subscribers block on the database.
 */
public final class Subscribers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Subscribers.class);
    private static final Duration SAVE_EVERY = Duration.ofMillis(500);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final Duration FORGET_AFTER = Duration.ofDays(7);
    private static final long DATABASE_SECONDS = 10;

    private final Database database;
    private final EventLog events;
    private final EgressPolicy egress;
    private final DeliverySettings settings;
    private final TunnelCloser tunnels;
    private final MeterRegistry meters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Subscriber> stored = new LinkedHashMap<>();
    private final Map<String, Long> saved = new HashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-subscribers").daemon().factory());
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("outpost-deadlines").daemon().factory());
    private boolean closed;

    private record Running(
            Subscriber subscriber, Courier courier, Circuit circuit, Progress progress) {
        void stop() {
            courier.close();
            progress.close();
        }
    }

    /**
     * How a subscriber stands.
     *
     * @param acknowledged everything up to this sequence
     * @param lag events that it has not acknowledged
     * @param missed events that were not kept until it took them, since the start
     * @param state what goes on
     * @param reason why the last attempt failed; empty when all is well
     */
    public record Status(
            Subscriber subscriber,
            long acknowledged,
            long lag,
            long missed,
            State state,
            String reason) {}

    /** What goes on with a subscriber. */
    public enum State {
        /** It is told what happens. */
        ACTIVE,
        /** It did not answer, and is tried again from time to time. */
        FAILING,
        /** It answered 410 and is told nothing. */
        GONE
    }

    /**
     * How a test went.
     *
     * @param reason why it was not acknowledged; empty when it was
     */
    public record Outcome(boolean acknowledged, String reason) {}

    /** The address has a subscriber already. */
    public static final class AlreadyThereException extends Exception {
        private static final long serialVersionUID = 1L;

        AlreadyThereException(String message) {
            super(message);
        }
    }

    /**
     * Starts with the stored subscribers. Blocks.
     *
     * @param database migrated with {@code Inventory.MIGRATIONS}; stays the caller's to close
     * @param tunnels ends those that a subscriber with authority does not want
     * @throws CompletionException when the database cannot be read
     */
    public Subscribers(
            Database database,
            EventLog events,
            EgressPolicy egress,
            DeliverySettings settings,
            TunnelCloser tunnels,
            MeterRegistry meters) {
        this.database = database;
        this.events = events;
        this.egress = egress;
        this.settings = settings;
        this.tunnels = tunnels;
        this.meters = meters;
        deadlines.setRemoveOnCancelPolicy(true);
        List<Subscriber> ofApi = ask(database.read(SubscriberTable::all));
        lock.lock();
        try {
            ofApi.forEach(subscriber -> stored.put(subscriber.id(), subscriber));
            ofApi.forEach(this::start);
        } finally {
            lock.unlock();
        }
        long every = SAVE_EVERY.toMillis();
        clock.scheduleWithFixedDelay(this::save, every, every, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::forget, 1, FORGET_EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    /**
     * Puts these in the place of all subscribers of the configuration file. One whose address stays
     * goes on where it was; one that is unchanged is not even interrupted. One that has the address
     * of a subscriber of the API takes its place, for as long as it stands in the file.
     *
     * @throws CompletionException when a new one cannot be recorded
     */
    public void replaceFile(List<Subscriber> wanted) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Map<String, Subscriber> byId = new LinkedHashMap<>(stored);
            wanted.forEach(subscriber -> byId.put(subscriber.id(), subscriber));
            for (Running one : List.copyOf(running.values())) {
                if (!one.subscriber().equals(byId.get(one.subscriber().id()))) {
                    stop(one);
                }
            }
            for (Subscriber subscriber : byId.values()) {
                if (!running.containsKey(subscriber.id())) {
                    start(subscriber);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a subscriber of the API; one with this address that answered 410 is begun anew.
     *
     * @throws AlreadyThereException when the address has one
     * @throws CompletionException when it was not recorded and nothing changed; but with a {@link
     *     TimeoutException} as its cause when it is not known whether it was
     */
    public Status add(Subscriber subscriber) throws AlreadyThereException {
        lock.lock();
        try {
            Running there = running.get(subscriber.id());
            boolean again =
                    there != null
                            && there.courier().isGone()
                            && there.subscriber().origin() == Subscriber.Origin.API;
            if (there != null && !again) {
                throw new AlreadyThereException(
                        "There is a subscriber with this address already: " + subscriber.id());
            }
            long place = place(subscriber);
            long from =
                    ask(
                            database.write(
                                    handle -> {
                                        Instant now = Instant.now();
                                        SubscriberTable.add(handle, subscriber, now);
                                        return SubscriberTable.begin(
                                                handle, subscriber.id(), place, now);
                                    }));
            stored.put(subscriber.id(), subscriber);
            if (there != null) {
                stop(there);
            }
            return status(start(subscriber, from));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a subscriber of the API away.
     *
     * @return false when there is none with this id
     * @throws IllegalStateException when it is one of the configuration file
     * @throws CompletionException when nothing was changed and it is told on; but with a {@link
     *     TimeoutException} as its cause when it is not known whether it comes back at the next
     *     start
     */
    public boolean remove(String id) {
        lock.lock();
        try {
            Running there = running.get(id);
            if (there != null && there.subscriber().origin() == Subscriber.Origin.FILE) {
                throw new IllegalStateException(
                        "Subscriber " + id + " stands in the configuration file; remove it there.");
            }
            // One that is not running may be stored all the same, after a write without an answer.
            boolean found = ask(database.write(handle -> SubscriberTable.remove(handle, id)));
            stored.remove(id);
            if (there != null) {
                stop(there);
            }
            saved.remove(id);
            return found || there != null;
        } finally {
            lock.unlock();
        }
    }

    /** All of them, those of the file and those of the API, in the order they were started. */
    public List<Status> all() {
        lock.lock();
        try {
            return running.values().stream().map(Subscribers::status).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends an event to a subscriber once, outside the order of things, to see whether it gets
     * there.
     *
     * @return how it went; empty when there is no such subscriber
     */
    public Optional<Outcome> test(String id, Event event) {
        @Nullable Running there;
        lock.lock();
        try {
            there = running.get(id);
        } finally {
            lock.unlock();
        }
        if (there == null) {
            return Optional.empty();
        }
        try (Transmitter once = transmitter(there.subscriber())) {
            Encoder encoder = encoder(there.subscriber().format(), (_, _, _) -> {});
            Optional<Message> message = encoder.message(List.of(event));
            if (message.isPresent()) {
                once.send(message.get());
            }
            return Optional.of(new Outcome(true, ""));
        } catch (DeliveryException e) {
            return Optional.of(new Outcome(false, String.valueOf(e.getMessage())));
        }
    }

    private static Status status(Running one) {
        State state =
                one.courier().isGone()
                        ? State.GONE
                        : one.circuit().lastFailure().isEmpty() ? State.ACTIVE : State.FAILING;
        return new Status(
                one.subscriber(),
                one.progress().cursor(),
                one.progress().lag(),
                one.progress().missed(),
                state,
                one.circuit().lastFailure());
    }

    private Running start(Subscriber subscriber) {
        long place = place(subscriber);
        return start(
                subscriber,
                ask(
                        database.write(
                                handle ->
                                        SubscriberTable.begin(
                                                handle, subscriber.id(), place, Instant.now()))));
    }

    /** From where it goes on, unless the database knows better. */
    private long place(Subscriber subscriber) {
        Long known = saved.get(subscriber.id());
        return known == null ? events.last() : known;
    }

    private Running start(Subscriber subscriber, long from) {
        long cursor = Math.max(from, saved.getOrDefault(subscriber.id(), 0L));
        Circuit circuit = new Circuit(subscriber);
        Progress progress = new Progress(subscriber, cursor, events::last, circuit, meters);
        Courier courier =
                new Courier(
                        subscriber,
                        encoder(subscriber.format(), tunnels),
                        transmitter(subscriber),
                        events,
                        settings,
                        circuit,
                        progress);
        saved.put(subscriber.id(), cursor);
        Running one = new Running(subscriber, courier, circuit, progress);
        running.put(subscriber.id(), one);
        courier.start();
        log.atInfo()
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("type", subscriber.format().word())
                .addKeyValue("url", subscriber.shownUrl())
                .addKeyValue("from", cursor)
                .log("a subscriber is told what happens");
        return one;
    }

    private void stop(Running one) {
        running.remove(one.subscriber().id());
        one.stop();
        saved.merge(one.subscriber().id(), one.progress().cursor(), Math::max);
        log.atInfo()
                .addKeyValue("subscriber", one.subscriber().id())
                .addKeyValue("url", one.subscriber().shownUrl())
                .addKeyValue("acknowledged", one.progress().cursor())
                .log("a subscriber is not told any more");
    }

    private Transmitter transmitter(Subscriber subscriber) {
        return new HttpTransmitter(
                subscriber,
                SubscriberTls.context(subscriber),
                new AllowedAddresses(egress),
                deadlines);
    }

    private Encoder encoder(Format format, TunnelCloser close) {
        CloudEvents cloudEvents = new CloudEvents(settings.source());
        return switch (format) {
            case Format.CloudEventsHttp _ -> new Encoder.Single(cloudEvents);
            case Format.CloudEventsHttpBatch _ -> new Encoder.Batch(cloudEvents, settings.batch());
            case Format.MpsSoap soap ->
                    new Encoder.Soap(soap, new SoapNotification(soap, settings.addresses()), close);
        };
    }

    private void save() {
        Map<String, Long> moved = new HashMap<>();
        CompletionStage<Boolean> written;
        lock.lock();
        try {
            running.forEach(
                    (id, one) -> {
                        long cursor = one.progress().cursor();
                        if (cursor > saved.getOrDefault(id, 0L)) {
                            moved.put(id, cursor);
                        }
                    });
            if (moved.isEmpty()) {
                return;
            }
            // Handed in under the lock: after the removal of a subscriber its place must not
            // return.
            written =
                    database.write(
                            handle -> {
                                SubscriberTable.advance(handle, moved, Instant.now());
                                return true;
                            });
        } finally {
            lock.unlock();
        }
        try {
            ask(written);
        } catch (CompletionException e) {
            log.atDebug().setCause(e).log("places of subscribers are not saved now");
            return;
        }
        lock.lock();
        try {
            moved.forEach(
                    (id, cursor) -> {
                        if (running.containsKey(id)) {
                            saved.merge(id, cursor, Math::max);
                        }
                    });
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        List<String> here = new ArrayList<>();
        lock.lock();
        try {
            here.addAll(running.keySet());
        } finally {
            lock.unlock();
        }
        database.<Boolean>write(
                        handle -> {
                            SubscriberTable.forget(handle, here, Instant.now().minus(FORGET_AFTER));
                            return true;
                        })
                .exceptionally(
                        failure -> {
                            log.atDebug().setCause(failure).log("old places stay for now");
                            return false;
                        });
    }

    /** Waits until those that answer have heard everything, at most so long. Blocks. */
    public void drain(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end
                && all().stream().anyMatch(one -> one.state() == State.ACTIVE && one.lag() > 0)) {
            Thread.sleep(20);
        }
    }

    private static <T> T ask(CompletionStage<T> answer) {
        return answer.toCompletableFuture()
                .copy()
                .orTimeout(DATABASE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Tells nobody any more, and saves how far each has come. Blocks for some seconds at most. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            running.values().forEach(one -> one.courier().close());
        } finally {
            lock.unlock();
        }
        save();
        lock.lock();
        try {
            running.values().forEach(Running::stop);
            running.clear();
        } finally {
            lock.unlock();
        }
        clock.shutdownNow();
        deadlines.shutdownNow();
    }
}
