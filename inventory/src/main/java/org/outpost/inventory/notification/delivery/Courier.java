package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;
import org.outpost.database.DatabaseException;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings the log to one subscriber, from its place on, at its pace. Requests with single events go
 * out side by side, but of each device one after the other; batches go one after the other. What is
 * not acknowledged is sent again, for as long as the log keeps it.
 */
final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(1);

    private final Subscriber subscriber;
    private final Encoder encoder;
    private final Transmitter transmitter;
    private final EventLog events;
    private final Progress progress;
    private final Delivery delivery;
    private final Lanes lanes;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /**
     * Makes a courier; {@link #start} sends it off.
     *
     * @param settings how much may be under way, where events go one by one
     */
    Courier(
            Subscriber subscriber,
            Encoder encoder,
            Transmitter transmitter,
            EventLog events,
            DeliverySettings settings,
            Circuit circuit,
            Progress progress) {
        this.subscriber = subscriber;
        this.encoder = encoder;
        this.transmitter = transmitter;
        this.events = events;
        this.progress = progress;
        this.delivery =
                new Delivery(
                        subscriber,
                        encoder,
                        transmitter,
                        settings,
                        circuit,
                        progress,
                        Thread::sleep,
                        System::nanoTime);
        this.lanes = new Lanes(settings.window(), progress.cursor());
    }

    void start() {
        run("reader", this::read);
    }

    private void run(String role, Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .name("outpost-subscriber-" + subscriber.id() + "-" + role)
                        .uncaughtExceptionHandler((_, failure) -> died(role, failure))
                        .unstarted(work);
        threads.add(thread);
        if (delivery.isOver()) {
            threads.remove(thread);
        } else {
            thread.start();
        }
    }

    private void died(String role, Throwable failure) {
        log.atError()
                .setCause(failure)
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("role", role)
                .log("a subscriber is not told everything until the server starts again");
    }

    private void read() {
        long place = progress.cursor();
        try {
            while (!delivery.isOver()) {
                int room = encoder.most() > 1 ? encoder.most() : lanes.awaitRoom();
                EventLog.Part part = next(place, room);
                if (part == null) {
                    Thread.sleep(DATABASE_PAUSE);
                } else if (part.place() < place) {
                    // The database was made anew, or an older copy of it restored.
                    missed(part);
                    place = part.place();
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
        } catch (RuntimeException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("subscriber", subscriber.id())
                    .addKeyValue("after", place)
                    .log("the log of events cannot be read for a subscriber; trying again");
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
            if (delivery.deliver(some)) {
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
            while (event != null) {
                if (!delivery.deliver(List.of(event))) {
                    return;
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

    /** Whether it said that it wants nothing any more. */
    boolean isGone() {
        return delivery.isGone();
    }

    /** Sends nothing any more; returns at once. */
    @Override
    public void close() {
        delivery.stop();
        threads.forEach(Thread::interrupt);
        transmitter.close();
    }
}
