package org.outpost.inventory.notification.delivery;

import org.outpost.inventory.notification.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Brings events to one subscriber, again and again, until it acknowledges them or they are left
 * out: rejected for what they hold, or failing for long while others get through. Blocks; used by
 * several threads at once.
 */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** Half of what nginx takes unless told otherwise. */
    static final int MOST_BYTES = 512 * 1024;

    /**
     * After so many refusals of one request its events are sent apart, or a single one left out.
     */
    static final int MOST_REJECTIONS = 5;

    private final Subscriber subscriber;
    private final Encoder encoder;
    private final Transmitter transmitter;
    private final Circuit circuit;
    private final Progress progress;
    private final Semaphore parallel;
    private final Patience patience;
    private final Pause pause;
    private final LongSupplier nanos;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean abandonedBefore = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean gone;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /**
         * Waits so long.
         *
         * @throws InterruptedException when the thread is to end
         */
        void take(Duration time) throws InterruptedException;
    }

    /**
     * Prepares.
     *
     * @param settings how many requests at once, and when to give up
     * @param pause waits before a request is repeated
     * @param nanos as {@link System#nanoTime}
     */
    Delivery(
            Subscriber subscriber,
            Encoder encoder,
            Transmitter transmitter,
            DeliverySettings settings,
            Circuit circuit,
            Progress progress,
            Pause pause,
            LongSupplier nanos) {
        this.subscriber = subscriber;
        this.encoder = encoder;
        this.transmitter = transmitter;
        this.circuit = circuit;
        this.progress = progress;
        this.parallel = new Semaphore(settings.parallel());
        this.patience = settings.patience();
        this.pause = pause;
        this.nanos = nanos;
    }

    /**
     * Delivers events in order, in one request or, where that is too large or rejected, in several.
     *
     * @return false when there is nothing more to be sent: not all of them are dealt with
     * @throws InterruptedException when the thread is to end
     */
    boolean deliver(List<Event> events) throws InterruptedException {
        return deliver(events, MOST_REJECTIONS);
    }

    private boolean deliver(List<Event> events, int mostRejections) throws InterruptedException {
        Setbacks setbacks = new Setbacks(patience, acknowledged::get, nanos);
        int rejections = 0;
        while (!isOver()) {
            try {
                Optional<Message> message = message(events);
                if (message.isEmpty()) {
                    return true;
                }
                if (events.size() > 1 && message.get().body().length > MOST_BYTES) {
                    return deliverHalves(events, MOST_REJECTIONS);
                }
                attempt(events, message.get());
                acknowledged.incrementAndGet();
                progress.delivered(events.size());
                return true;
            } catch (Circuit.Open e) {
                pause.take(e.left());
            } catch (DeliveryException e) {
                progress.failed();
                if (stopped) {
                    return false;
                }
                int before = setbacks.add();
                if (before == 0 && e.getCause() instanceof RuntimeException fault) {
                    broken(events, fault);
                }
                switch (e.kind()) {
                    case GONE -> {
                        goneForGood();
                        return false;
                    }
                    case REJECTED -> {
                        if (++rejections >= mostRejections) {
                            if (events.size() > 1) {
                                return deliverHalves(events, 1);
                            }
                            rejected(events.getFirst(), e);
                            return true;
                        }
                    }
                    case UNAVAILABLE -> {
                        if (setbacks.enough()) {
                            abandoned(events, e);
                            return true;
                        }
                    }
                }
                pause.take(Circuit.pause(before, e.retryAfter()));
            }
        }
        return false;
    }

    /**
     * One event that is not liked must not cost the others.
     *
     * @param mostRejections of a part with several events; a single one gets all its chances
     */
    private boolean deliverHalves(List<Event> events, int mostRejections)
            throws InterruptedException {
        int middle = events.size() / 2;
        for (List<Event> half :
                List.of(events.subList(0, middle), events.subList(middle, events.size()))) {
            if (!deliver(half, half.size() > 1 ? mostRejections : MOST_REJECTIONS)) {
                return false;
            }
            // Only batches come in halves, and those go one after the other.
            progress.reached(half.getLast().sequence());
        }
        return true;
    }

    private Optional<Message> message(List<Event> events) throws DeliveryException {
        try {
            return encoder.message(events);
        } catch (RuntimeException e) {
            throw DeliveryException.fault(e);
        }
    }

    /** Holds a permit only while it is tried, so that who waits to repeat hinders nobody. */
    private void attempt(List<Event> events, Message message)
            throws DeliveryException, InterruptedException {
        parallel.acquire();
        try {
            circuit.attempt(() -> send(events, message));
        } finally {
            parallel.release();
        }
    }

    private void send(List<Event> events, Message message) throws DeliveryException {
        try {
            encoder.answered(events, transmitter.send(message));
        } catch (RuntimeException e) {
            throw DeliveryException.fault(e);
        }
    }

    private void broken(List<Event> events, RuntimeException fault) {
        log.atWarn()
                .setCause(fault)
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("url", subscriber.shownUrl())
                .addKeyValue("from", events.getFirst().sequence())
                .addKeyValue("to", events.getLast().sequence())
                .log("a delivery failed for a fault of this server");
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

    private void rejected(Event event, DeliveryException failure) {
        progress.rejected(1);
        log.atWarn()
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("url", subscriber.shownUrl())
                .addKeyValue("event", event.sequence())
                .addKeyValue("device", event.device())
                .addKeyValue("reason", failure.getMessage())
                .log("a subscriber rejects an event again and again; it is left out");
    }

    private void abandoned(List<Event> events, DeliveryException failure) {
        progress.abandoned(events.size());
        boolean first = abandonedBefore.compareAndSet(false, true);
        (first ? log.atWarn() : log.atDebug())
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("url", subscriber.shownUrl())
                .addKeyValue("event", events.getFirst().sequence())
                .addKeyValue("device", events.getFirst().device())
                .addKeyValue("reason", failure.getMessage())
                .log(
                        "an event failed for long while a subscriber took others; it is left out;"
                                + " further ones are only counted");
    }

    /** Whether nothing is sent any more. */
    boolean isOver() {
        return stopped || gone;
    }

    /** Whether it said that it wants nothing any more. */
    boolean isGone() {
        return gone;
    }

    /** Sends nothing any more; returns at once. */
    void stop() {
        stopped = true;
    }
}
