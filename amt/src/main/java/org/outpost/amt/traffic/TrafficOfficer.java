package org.outpost.amt.traffic;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.Exchanger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Stands before one device and lets one call pass at a time, because AMT has room for one request.
 *
 * <ul>
 *   <li>Interactive calls go before background ones; among equals the first come goes first.
 *   <li>Equal reads that wait become one, as long as no change was queued in between.
 *   <li>A call that meets a shortage of resources steps aside and comes again, at the head of its
 *       queue, while its deadline allows. After an HTTP 503 everybody pauses.
 *   <li>Every waiter has a deadline that counts from the first moment. When nobody waits for a read
 *       any more, it is given up; a change that was sent runs on.
 *   <li>Results of reads are kept with the time they were read.
 * </ul>
 *
 * <p>Calls may come from any thread; the rest happens on the loop, and nothing blocks.
 */
public final class TrafficOfficer {
    private final Exchanger exchanger;
    private final TaskLoop loop;
    private final TrafficSettings settings;
    private final CallListener listener;
    private final Facts facts;
    private final WaitingJobs waiting;

    private @Nullable Job<?> running;
    private TaskLoop.@Nullable Timer everybodyPauses;
    private TaskLoop.@Nullable Timer idle;
    private boolean closed;

    private volatile long lastUsed;
    private volatile boolean busy;

    /**
     * Makes an officer.
     *
     * @param exchanger takes requests to the device
     * @param loop where everything happens; the exchanger's
     * @param settings its limits
     * @param listener hears of every call that has ended
     */
    public TrafficOfficer(
            Exchanger exchanger, TaskLoop loop, TrafficSettings settings, CallListener listener) {
        this.exchanger = exchanger;
        this.loop = loop;
        this.settings = settings;
        this.listener = listener;
        this.facts = new Facts(settings.facts(), settings.factBytes());
        this.waiting = new WaitingJobs(settings.turns());
        this.lastUsed = loop.nanoTime();
    }

    /**
     * Calls that stand in the queue. Their stages are {@link CompletableFuture}s: cancelling one
     * takes the call back where that is possible.
     *
     * @param options how they are treated
     */
    public AmtCalls calls(CallOptions options) {
        return new AmtCalls() {
            @Override
            public <T> CompletionStage<T> call(AmtCall<T> call) {
                return submit(call, options);
            }
        };
    }

    /**
     * What an operation would have shown the last time: it is run on the results that are kept, and
     * nothing is sent.
     *
     * @param operation reads with the calls it is given
     * @param <T> what it makes of them
     * @return empty when something it needs was never read
     */
    public <T> CompletableFuture<Optional<LastKnown<T>>> lastKnown(
            Function<AmtCalls, CompletionStage<T>> operation) {
        CompletableFuture<Optional<LastKnown<T>>> found = new CompletableFuture<>();
        loop.execute(
                () -> {
                    KnownCalls known = new KnownCalls(facts);
                    operation
                            .apply(known)
                            .whenComplete(
                                    (value, failure) ->
                                            found.complete(
                                                    known.oldest()
                                                            .filter(readAt -> failure == null)
                                                            .map(
                                                                    readAt ->
                                                                            new LastKnown<>(
                                                                                    value,
                                                                                    readAt))));
                });
        return found;
    }

    /** Ends everything that waits or runs, and the connection; later calls fail at once. */
    public void close() {
        loop.execute(
                () -> {
                    closed = true;
                    stopTimers();
                    AmtException gone = noWay();
                    for (Job<?> job : waiting.removeAll()) {
                        end(job, gone);
                    }
                    exchanger.abort(gone.failure());
                    exchanger.closeIdle();
                });
    }

    private static AmtException noWay() {
        return new AmtException(new AmtFailure.Unreachable(16992, AmtFailure.Reach.NO_WAY));
    }

    private void stopTimers() {
        if (everybodyPauses != null) {
            everybodyPauses.cancel();
        }
        if (idle != null) {
            idle.cancel();
        }
    }

    /** When it was last used, by the loop's clock. */
    long lastUsed() {
        return lastUsed;
    }

    /** Whether calls wait or run. */
    boolean busy() {
        return busy;
    }

    private <T> CompletableFuture<T> submit(AmtCall<T> call, CallOptions options) {
        long until = loop.nanoTime() + options.deadline().toNanos();
        CompletableFuture<T> result = new CompletableFuture<>();
        busy = true;
        loop.execute(() -> enqueue(call, options, until, result));
        return result;
    }

    private <T> void enqueue(
            AmtCall<T> call, CallOptions options, long until, CompletableFuture<T> result) {
        lastUsed = loop.nanoTime();
        if (result.isDone()) {
            updateBusy();
            return;
        }
        if (closed) {
            result.completeExceptionally(noWay());
            updateBusy();
            return;
        }
        if (waiting.waiters() >= settings.waiting()) {
            AmtFailure full = new AmtFailure.QueueFull(waiting.waiters());
            result.completeExceptionally(new AmtException(full));
            listener.ended(call.what(), Duration.ZERO, Duration.ZERO, Optional.of(full));
            return;
        }
        Job<T> job =
                waiting.join(call, options.priority())
                        .orElseGet(
                                () -> {
                                    Job<T> fresh =
                                            new Job<>(
                                                    call,
                                                    options.priority(),
                                                    loop.nanoTime(),
                                                    settings.firstPause());
                                    waiting.add(fresh);
                                    return fresh;
                                });
        Job.Waiter<T> waiter = new Job.Waiter<>(result, options.deadline(), until);
        job.waiters.add(waiter);
        waiter.timer =
                loop.schedule(
                        () -> expire(job, waiter),
                        Duration.ofNanos(Math.max(0, until - loop.nanoTime())));
        result.whenComplete(
                (value, failure) -> {
                    if (result.isCancelled()) {
                        loop.execute(() -> withdraw(job, waiter));
                    }
                });
        next();
    }

    private void next() {
        if (running != null || closed || everybodyPauses != null) {
            return;
        }
        Job<?> job = waiting.take();
        if (job == null) {
            updateBusy();
            rest();
            return;
        }
        run(job);
    }

    private void updateBusy() {
        busy = running != null || !waiting.isEmpty();
    }

    private void rest() {
        if (idle != null) {
            idle.cancel();
        }
        idle = loop.schedule(exchanger::closeIdle, settings.idle());
    }

    private <T> void run(Job<T> job) {
        running = job;
        job.started = true;
        job.sentAt = loop.nanoTime();
        CompletionStage<T> outcome;
        try {
            outcome =
                    job.call.run(
                            request ->
                                    exchanger.send(
                                            request,
                                            Duration.ofNanos(job.patience(loop.nanoTime()))));
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedStage(e);
        }
        outcome.whenComplete((value, failure) -> loop.execute(() -> settle(job, value, failure)));
    }

    private <T> void settle(Job<T> job, @Nullable T value, @Nullable Throwable failure) {
        running = null;
        lastUsed = loop.nanoTime();
        if (failure == null && value != null) {
            succeed(job, value);
        } else {
            Optional<AmtFailure> known =
                    failure == null ? Optional.empty() : AmtException.failureOf(failure);
            if (known.isEmpty() || !stepAside(job, known.get())) {
                if (!job.call.reads() && known.map(AmtFailure::perhapsDone).orElse(true)) {
                    facts.forget(job.call.type());
                }
                end(job, failure == null ? new IllegalStateException("no result") : failure);
            }
        }
        next();
    }

    private <T> void succeed(Job<T> job, T value) {
        if (job.call.reads()) {
            facts.keep(job.call, value, loop.now());
        } else {
            facts.forget(job.call.type());
        }
        for (Job.Waiter<T> waiter : job.waiters) {
            waiter.stopTimer();
            waiter.result.complete(value);
        }
        told(job, Optional.empty());
    }

    /** Whether the call comes again later instead of failing now. */
    private boolean stepAside(Job<?> job, AmtFailure failure) {
        // A change that meets QuotaLimit has found a full table, which no waiting empties.
        boolean full =
                failure instanceof AmtFailure.WsmanFault fault
                        && fault.subcode().equals("QuotaLimit")
                        && !job.call.reads();
        Duration pause = job.nextPause;
        boolean worthIt =
                failure.shortage() || (failure instanceof AmtFailure.Busy && job.call.reads());
        if (closed
                || !worthIt
                || full
                || job.waiters.isEmpty()
                || job.patience(loop.nanoTime()) <= pause.toNanos()) {
            return false;
        }
        Duration twice = pause.multipliedBy(2);
        job.nextPause =
                twice.compareTo(settings.longestPause()) < 0 ? twice : settings.longestPause();
        if (failure instanceof AmtFailure.Busy) {
            waiting.addFirst(job);
            everybodyPauses =
                    loop.schedule(
                            () -> {
                                everybodyPauses = null;
                                next();
                            },
                            pause);
        } else {
            waiting.park(job);
            job.pause =
                    loop.schedule(
                            () -> {
                                waiting.unpark(job);
                                next();
                            },
                            pause);
        }
        return true;
    }

    private <T> void expire(Job<T> job, Job.Waiter<T> waiter) {
        boolean sent = running == job;
        if (job.waiters.size() > 1) {
            job.waiters.remove(waiter);
            waiting.left();
            waiter.result.completeExceptionally(timedOut(waiter, sent));
        } else if (sent) {
            exchanger.abort(new AmtFailure.TimedOut(waiter.deadline, true));
            waiter.result.completeExceptionally(timedOut(waiter, true));
        } else if (waiting.remove(job)) {
            end(job, timedOut(waiter, false));
        }
    }

    private static AmtException timedOut(Job.Waiter<?> waiter, boolean sent) {
        return new AmtException(new AmtFailure.TimedOut(waiter.deadline, sent));
    }

    /** The caller has lost interest. */
    private <T> void withdraw(Job<T> job, Job.Waiter<T> waiter) {
        boolean sent = running == job;
        if (job.waiters.size() > 1) {
            if (job.waiters.remove(waiter)) {
                waiter.stopTimer();
                waiting.left();
            }
        } else if (sent && job.call.reads() && job.waiters.contains(waiter)) {
            exchanger.abort(new AmtFailure.ConnectionLost(true));
        } else if (!sent && waiting.remove(job)) {
            waiter.stopTimer();
            told(job, Optional.empty());
            next();
        }
    }

    private <T> void end(Job<T> job, Throwable failure) {
        Optional<AmtFailure> known = AmtException.failureOf(failure);
        for (Job.Waiter<T> waiter : job.waiters) {
            waiter.stopTimer();
            boolean timedOut = known.orElse(null) instanceof AmtFailure.TimedOut;
            boolean sent = known.filter(AmtFailure::perhapsDone).isPresent();
            waiter.result.completeExceptionally(timedOut ? timedOut(waiter, sent) : cause(failure));
        }
        told(job, known);
    }

    private static Throwable cause(Throwable failure) {
        return AmtException.failureOf(failure).<Throwable>map(AmtException::new).orElse(failure);
    }

    private void told(Job<?> job, Optional<AmtFailure> failure) {
        job.stopPause();
        for (int i = job.waiters.size(); i > 0; i--) {
            waiting.left();
        }
        boolean sent = job.started;
        long now = loop.nanoTime();
        listener.ended(
                job.call.what(),
                Duration.ofNanos((sent ? job.sentAt : now) - job.since),
                sent ? Duration.ofNanos(now - job.sentAt) : Duration.ZERO,
                failure);
        job.waiters.clear();
    }

    /** The jobs in the queue and the one that runs: for tests and for whoever looks. */
    CompletableFuture<List<String>> queue() {
        CompletableFuture<List<String>> told = new CompletableFuture<>();
        loop.execute(() -> told.complete(new ArrayList<>(waiting.whats())));
        return told;
    }
}
