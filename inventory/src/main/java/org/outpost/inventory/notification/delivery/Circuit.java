package org.outpost.inventory.notification.delivery;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spares a subscriber that does not answer: after some failures in a row nothing is sent for a
 * while, then a few requests try. The pauses grow, with some chance in them so that subscribers on
 * one machine are not all tried at once. Thread-safe.
 */
final class Circuit {
    private static final Logger log = LoggerFactory.getLogger(Circuit.class);
    private static final int FAILURES = 3;

    /**
     * Requests that fail before it pauses again. With one alone, a few events that always fail
     * would be tried one after the other, with growing pauses, before any that would get through.
     */
    private static final int TRIALS = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final Subscriber subscriber;
    private final CircuitBreaker<Object> breaker;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile String reason = "";

    /** What is protected. */
    interface Attempt {
        void run() throws DeliveryException;
    }

    Circuit(Subscriber subscriber) {
        this.subscriber = subscriber;
        this.breaker =
                CircuitBreaker.builder()
                        .handleIf(Circuit::speaksAgainstIt)
                        .withFailureThreshold(FAILURES)
                        .withSuccessThreshold(1, TRIALS)
                        .withDelayFnOn(
                                context -> pause(opened.get(), asked(context.getLastException())),
                                Throwable.class)
                        .onOpen(_ -> broken())
                        .onClose(_ -> mended())
                        .build();
    }

    /**
     * Tries once.
     *
     * @throws DeliveryException when it failed, or was not tried because the circuit is open: then
     *     with the time to wait
     */
    void attempt(Attempt attempt) throws DeliveryException {
        try {
            Failsafe.with(breaker).run(() -> remembering(attempt));
        } catch (CircuitBreakerOpenException e) {
            Duration left = breaker.getRemainingDelay();
            throw new Open(
                    left.compareTo(Duration.ofMillis(50)) < 0 ? Duration.ofMillis(50) : left);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof DeliveryException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void remembering(Attempt attempt) throws DeliveryException {
        try {
            attempt.run();
            reason = "";
        } catch (DeliveryException e) {
            reason = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** It was not tried. */
    static final class Open extends DeliveryException {
        private static final long serialVersionUID = 1L;

        private final Duration left;

        Open(Duration left) {
            super(Kind.UNAVAILABLE, "not tried for a while after failures", left);
            this.left = left;
        }

        /** After which it may be tried. */
        Duration left() {
            return left;
        }
    }

    /** Whether it is spared: at most a few requests try whether it is there again. */
    boolean isOpen() {
        return !breaker.isClosed();
    }

    /** Why the last attempt failed; empty when none did. */
    String lastFailure() {
        return reason;
    }

    /** What it does not like says nothing about what comes next. */
    private static boolean speaksAgainstIt(Throwable failure) {
        return !(failure instanceof DeliveryException delivery)
                || delivery.kind() == DeliveryException.Kind.UNAVAILABLE;
    }

    private static @Nullable Duration asked(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof FailsafeException wrapped ? wrapped.getCause() : failure;
        return cause instanceof DeliveryException delivery ? delivery.retryAfter() : null;
    }

    /** How long to wait after so many failures; 0 for the first. */
    static Duration pause(int failures, @Nullable Duration asked) {
        long longest = LONGEST_PAUSE.toMillis();
        long millis = Math.min(longest, FIRST_PAUSE.toMillis() << Math.min(failures, 20));
        long spread = ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        Duration own = Duration.ofMillis(millis * 3 / 4 + spread);
        if (asked == null || asked.compareTo(own) < 0) {
            return own;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }

    private void broken() {
        if (opened.getAndIncrement() == 0) {
            log.atWarn()
                    .addKeyValue("subscriber", subscriber.id())
                    .addKeyValue("url", subscriber.shownUrl())
                    .addKeyValue("reason", reason)
                    .log(
                            "a subscriber does not take notifications; they wait, and it is tried"
                                    + " again");
        }
    }

    private void mended() {
        opened.set(0);
        log.atInfo()
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("url", subscriber.shownUrl())
                .log("a subscriber takes notifications again");
    }
}
