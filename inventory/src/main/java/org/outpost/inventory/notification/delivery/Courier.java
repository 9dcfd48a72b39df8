package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;
import org.outpost.database.DatabaseException;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Brings the log to one subscriber, from its place on, at its pace. Requests with single events go
 * out side by side, but of each device one after the other; batches go one after the other. What is
 * not acknowledged is sent again, for as long as the log keeps it.
 */
final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(1);

    /**
     * After so many refusals of one request its events are left out, so that others get through.
     */
    private static final int MOST_REJECTIONS = 5;

    private final Subscriber subscriber;
    private final Encoder encoder;
    private final Transmitter transmitter;
    private final EventLog events;
    private final Circuit circuit;
    private final Progress progress;
    private final Lanes lanes;
    private final Semaphore parallel;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean gone;

    /**
     * Makes a courier; {@link #start} sends it off.
     *
     * @param window events that may be read and not acknowledged, where they go one by one
     * @param parallel requests at once, where they go one by one
     */
    Courier(
            Subscriber subscriber,
            Encoder encoder,
            Transmitter transmitter,
            EventLog events,
            int window,
            int parallel,
            Circuit circuit,
            Progress progress) {
        this.subscriber = subscriber;
        this.encoder = encoder;
        this.transmitter = transmitter;
        this.events = events;
        this.circuit = circuit;
        this.progress = progress;
        this.lanes = new Lanes(window, progress.cursor());
        this.parallel = new Semaphore(parallel);
    }

    void start() {
        run("reader", this::read);
    }

    private void run(String role, Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .name("outpost-subscriber-" + subscriber.id() + "-" + role)
                        .unstarted(work);
        threads.add(thread);
        if (stopped) {
            threads.remove(thread);
        } else {
            thread.start();
        }
    }

    private void read() {
        long place = progress.cursor();
        try {
            while (!stopped && !gone) {
                int room = encoder.most() > 1 ? encoder.most() : lanes.awaitRoom();
                EventLog.Part part = next(place, room);
                if (part == null) {
                    Thread.sleep(DATABASE_PAUSE);
                } else if (part.events().isEmpty()) {
                    if (!events.await(place, IDLE) && events.isClosed()) {
                        return;
                    }
                } else {
                    missed(part);
                    place = part.events().getLast().sequence();
                    deliver(part.events());
                }
            }
        } catch (InterruptedException e) {
            // Stopped: what is not acknowledged is sent again later.
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private EventLog.@Nullable Part next(long place, int most) throws InterruptedException {
        try {
            return events.read(place, most);
        } catch (DatabaseException e) {
            log.atDebug()
                    .addKeyValue("subscriber", subscriber.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("a subscriber waits for the database");
            return null;
        }
    }

    private void missed(EventLog.Part part) {
        if (part.missed() > 0) {
            progress.missed(part.missed());
            log.atWarn()
                    .addKeyValue("subscriber", subscriber.id())
                    .addKeyValue("url", subscriber.shownUrl())
                    .addKeyValue("events", part.missed())
                    .log(
                            "a subscriber was away for longer than events are kept; it must ask"
                                    + " anew who is connected");
        }
    }

    private void deliver(List<Event> some) throws InterruptedException {
        if (encoder.most() > 1) {
            if (deliverOnce(some)) {
                progress.reached(some.getLast().sequence());
            }
            return;
        }
        for (Event event : some) {
            if (lanes.add(event)) {
                run("device", () -> followDevice(event.device()));
            }
        }
    }

    private void followDevice(UUID device) {
        try {
            Event event = lanes.head(device);
            while (event != null && !stopped && !gone) {
                parallel.acquire();
                try {
                    if (!deliverOnce(List.of(event))) {
                        return;
                    }
                } finally {
                    parallel.release();
                }
                event = lanes.done(event);
                progress.reached(lanes.acknowledged());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** Sends until it is acknowledged or rejected for good; false when it is not to be sent. */
    private boolean deliverOnce(List<Event> some) throws InterruptedException {
        Optional<Message> message = encoder.message(some);
        if (message.isEmpty()) {
            return true;
        }
        int failures = 0;
        int rejections = 0;
        while (!stopped && !gone) {
            try {
                circuit.attempt(() -> encoder.answered(some, transmitter.send(message.get())));
                progress.delivered(some.size());
                return true;
            } catch (Circuit.Open e) {
                Thread.sleep(e.left());
            } catch (DeliveryException e) {
                progress.failed();
                if (stopped) {
                    return false;
                }
                if (e.kind() == DeliveryException.Kind.GONE) {
                    goneForGood();
                    return false;
                }
                if (e.kind() == DeliveryException.Kind.REJECTED
                        && ++rejections >= MOST_REJECTIONS) {
                    rejected(some, e);
                    return true;
                }
                Thread.sleep(Circuit.pause(failures++, e.retryAfter()));
            }
        }
        return false;
    }

    private void goneForGood() {
        if (!gone) {
            gone = true;
            log.atWarn()
                    .addKeyValue("subscriber", subscriber.id())
                    .addKeyValue("url", subscriber.shownUrl())
                    .log(
                            "a subscriber answered 410, so it is told nothing until the server"
                                    + " starts again or it is added again");
        }
    }

    private void rejected(List<Event> some, DeliveryException failure) {
        progress.rejected(some.size());
        log.atWarn()
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("url", subscriber.shownUrl())
                .addKeyValue("from", some.getFirst().sequence())
                .addKeyValue("to", some.getLast().sequence())
                .addKeyValue("reason", failure.getMessage())
                .log("a subscriber rejects events again and again; they are left out");
    }

    /** Whether it said that it wants nothing any more. */
    boolean isGone() {
        return gone;
    }

    /** Sends nothing any more; returns at once. */
    @Override
    public void close() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        transmitter.close();
    }
}
