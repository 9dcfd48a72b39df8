package org.outpost.gateway.authentication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Asks an {@link Authenticator} on virtual threads: so many at once, so many waiting, each question
 * with a deadline. A full queue and a passed deadline both answer {@link Verdict.Unavailable}; an
 * answer that comes later is ignored. A question whose deadline passed is interrupted, so that a
 * source that hangs gives its place back. A question that got no answer may be held and asked again
 * while its deadline lasts ({@link AuthenticationSettings#retry()}); it takes no place meanwhile.
 *
 * <p>After the start the number asked at once grows over {@link AuthenticationSettings#ramp()}:
 * when a server comes back, its whole fleet signs in at the same moment, and the source of
 * passwords should not meet it at once.
 *
 * <p>Lock-free, so event loops may call it.
 */
public final class AuthenticationWorkers implements AuthenticationService, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuthenticationWorkers.class);

    private final String name;
    private final Authenticator authenticator;
    private final AuthenticationSettings settings;
    private final LongSupplier nanoTime;
    private final long started;
    private final MeterRegistry meters;
    private final Counter full;
    private final Queue<Question> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Set<Question> held = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts the workers; the ramp begins now.
     *
     * @param name whom this serves, {@code device} or {@code console}: tag of the metrics
     */
    public AuthenticationWorkers(
            String name,
            Authenticator authenticator,
            AuthenticationSettings settings,
            MeterRegistry meters) {
        this(name, authenticator, settings, meters, System::nanoTime);
    }

    AuthenticationWorkers(
            String name,
            Authenticator authenticator,
            AuthenticationSettings settings,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        this.name = name;
        this.authenticator = authenticator;
        this.settings = settings;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        Tags tags = Tags.of("for", name);
        this.full =
                Counter.builder("outpost.authentication.queue.full")
                        .description("questions not asked because too many waited")
                        .tags(tags)
                        .register(meters);
        Gauge.builder("outpost.authentication.waiting", queued, AtomicInteger::get)
                .tags(tags)
                .register(meters);
        Gauge.builder("outpost.authentication.held", held, Set::size)
                .description("questions that got no answer and are asked again later")
                .tags(tags)
                .register(meters);
        Gauge.builder("outpost.authentication.running", running, AtomicInteger::get)
                .tags(tags)
                .register(meters);
    }

    @Override
    public CompletionStage<Verdict> authenticate(Credentials credentials) {
        Question question = new Question(credentials, nanoTime.getAsLong());
        if (closed) {
            return CompletableFuture.completedStage(
                    new Verdict.Unavailable("the server is stopping"));
        }
        if (queued.incrementAndGet() > settings.queue()) {
            queued.decrementAndGet();
            full.increment();
            return CompletableFuture.completedStage(
                    new Verdict.Unavailable("too many sign-ins wait"));
        }
        question.answer.completeOnTimeout(
                new Verdict.Unavailable("no answer within " + settings.deadline()),
                settings.deadline().toNanos(),
                TimeUnit.NANOSECONDS);
        question.answer.whenComplete((verdict, failure) -> answered(question, verdict));
        waiting.add(question);
        dispatch();
        return question.answer.minimalCompletionStage();
    }

    private void dispatch() {
        while (!waiting.isEmpty()) {
            int busy = running.get();
            if (busy >= allowedNow()) {
                return;
            }
            if (!running.compareAndSet(busy, busy + 1)) {
                continue;
            }
            Question question = waiting.poll();
            if (question == null) {
                running.decrementAndGet();
                continue;
            }
            queued.decrementAndGet();
            question.thread =
                    Thread.ofVirtual()
                            .name("outpost-authentication-" + name)
                            .unstarted(() -> ask(question));
            question.thread.start();
        }
    }

    private void ask(Question question) {
        try {
            if (!question.answer.isDone()) {
                answerOrHold(question, verdict(question.credentials));
            }
        } finally {
            running.decrementAndGet();
            dispatch();
        }
    }

    private Verdict verdict(Credentials credentials) {
        try {
            return authenticator.authenticate(credentials);
        } catch (Throwable e) {
            // Whatever happens in an authenticator, the connection that waits gets its answer.
            FailureLog.debug(log, name, e);
            return new Verdict.Unavailable("failed: " + e.getClass().getSimpleName());
        }
    }

    private void answerOrHold(Question question, Verdict verdict) {
        Duration pause = pause();
        long left = settings.deadline().toNanos() - (nanoTime.getAsLong() - question.asked);
        boolean again =
                verdict instanceof Verdict.Unavailable
                        && settings.retry().isPositive()
                        && left > pause.toNanos();
        if (!again) {
            question.answer.complete(verdict);
            return;
        }
        question.thread = null;
        held.add(question);
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> askAgain(question));
        if (closed) {
            giveUpHeld();
        }
    }

    /** Not all at the same moment: what was down has just come up. */
    private Duration pause() {
        return Duration.ofNanos(
                (long)
                        (settings.retry().toNanos()
                                * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
    }

    private void askAgain(Question question) {
        if (held.remove(question) && !question.answer.isDone()) {
            queued.incrementAndGet();
            waiting.add(question);
            dispatch();
        }
    }

    private void giveUpHeld() {
        for (Question question : List.copyOf(held)) {
            question.answer.complete(new Verdict.Unavailable("the server is stopping"));
        }
    }

    private void answered(Question question, Verdict verdict) {
        held.remove(question);
        Thread worker = question.thread;
        if (worker != null && worker != Thread.currentThread()) {
            worker.interrupt();
        }
        Timer.builder("outpost.authentication")
                .description("time from question to answer")
                .tags(Tags.of(Tag.of("for", name), Tag.of("verdict", label(verdict))))
                .register(meters)
                .record(nanoTime.getAsLong() - question.asked, TimeUnit.NANOSECONDS);
    }

    private static String label(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> "accepted";
            case Verdict.Refused refused -> "refused";
            case Verdict.Unavailable unavailable -> "unavailable";
        };
    }

    /** How many questions may be asked at once at this moment of the ramp. */
    int allowedNow() {
        long ramp = settings.ramp().toNanos();
        long elapsed = nanoTime.getAsLong() - started;
        if (elapsed >= ramp) {
            return settings.concurrency();
        }
        double part = (double) elapsed / ramp;
        return settings.rampFrom() + (int) ((settings.concurrency() - settings.rampFrom()) * part);
    }

    /**
     * Answers all that wait with {@link Verdict.Unavailable}, asks nothing more and closes the
     * authenticator.
     */
    @Override
    public void close() {
        closed = true;
        for (Question question = waiting.poll(); question != null; question = waiting.poll()) {
            queued.decrementAndGet();
            question.answer.complete(new Verdict.Unavailable("the server is stopping"));
        }
        giveUpHeld();
        authenticator.close();
    }

    private static final class Question {
        private final Credentials credentials;
        private final long asked;
        private final CompletableFuture<Verdict> answer = new CompletableFuture<>();
        private volatile @Nullable Thread thread;

        Question(Credentials credentials, long asked) {
            this.credentials = credentials;
            this.asked = asked;
        }
    }
}
