package org.outpost.inventory.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Leads one job to its end. It goes through the devices that wait, page by page; those that are
 * offline and waited for are left for the next pass. Before a device is asked, that is written
 * down; while the database is away nobody is asked, and what is known is kept until it can be
 * written. Everything happens on the loop.
 */
final class JobRun {
    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    /** Devices in memory that wait for their turn. */
    static final int PAGE = 500;

    private static final int CANCELLED_AT_ONCE = 2_000;
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(3);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** Beyond a device's deadline, before it is given up whatever it does. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Job job;
    private final JobJournal journal;
    private final JobWork work;
    private final Turns turns;
    private final JobLoop loop;
    private final Runnable over;

    private final Deque<Target> page = new ArrayDeque<>();
    private long place = -1;
    private boolean loading;
    private boolean lastPage;
    private boolean asked;
    private int underWay;
    private int left;
    private boolean resting;
    private Instant passBegan;
    private boolean cancelled;
    private boolean ending;
    private boolean stopped;

    /**
     * A job that is not led yet.
     *
     * @param over told once, when the job has ended
     */
    JobRun(Job job, JobJournal journal, JobWork work, Turns turns, JobLoop loop, Runnable over) {
        this.job = job;
        this.journal = journal;
        this.work = work;
        this.turns = turns;
        this.loop = loop;
        this.over = over;
        this.cancelled = job.cancelled() != null;
        this.passBegan = loop.now();
    }

    /** Begins, or goes on after a restart. */
    void start() {
        if (cancelled) {
            cancelWaiting();
        } else {
            pump();
        }
    }

    /** Asks no further device. What runs ends as it does. */
    void cancel() {
        if (!cancelled && !stopped) {
            cancelled = true;
            page.clear();
            cancelWaiting();
        }
    }

    /** Asks no further device, and leaves them waiting: the server stops. */
    void stop() {
        stopped = true;
        page.clear();
    }

    /** How many devices are asked now. */
    int underWay() {
        return underWay;
    }

    private void pump() {
        if (stopped || cancelled || resting || ending) {
            endIfDone();
            return;
        }
        if (!loading && !lastPage && page.size() <= PAGE / 4) {
            load();
        }
        if (!asked && !page.isEmpty() && underWay < job.template().parallelism()) {
            asked = true;
            turns.ask(this::granted);
        }
        endIfDone();
    }

    private void load() {
        loading = true;
        surely(
                () -> journal.waiting(job.id(), place, PAGE),
                found -> {
                    loading = false;
                    if (cancelled || stopped) {
                        return;
                    }
                    page.addAll(found);
                    lastPage = found.size() < PAGE;
                    if (!found.isEmpty()) {
                        place = found.getLast().position();
                    }
                    pump();
                });
    }

    private void granted() {
        asked = false;
        Target target = page.poll();
        if (target == null) {
            turns.giveBack();
            return;
        }
        underWay++;
        begin(target);
        pump();
    }

    private void begin(Target target) {
        Optional<String> refusal;
        try {
            refusal = work.refusal(job, target.device());
        } catch (RuntimeException e) {
            // One device's fault keeps neither its turn nor the others.
            end(target, broken(target, e));
            return;
        }
        refusal.ifPresentOrElse(reason -> end(target, Outcome.denied(reason)), () -> reach(target));
    }

    private void reach(Target target) {
        surely(
                () -> work.isReachable(target.device()),
                reachable -> {
                    if (cancelled || stopped) {
                        release();
                    } else if (reachable) {
                        write(target);
                    } else if (loop.now().isBefore(job.waitUntil())) {
                        left++;
                        release();
                    } else {
                        end(target, Outcome.OFFLINE);
                    }
                });
    }

    private void write(Target target) {
        surely(
                () -> journal.begin(job.id(), target, loop.now()),
                open -> {
                    if (!open) {
                        release();
                    } else if (stopped) {
                        surely(() -> journal.putBack(job.id(), target), _ -> release());
                    } else if (cancelled) {
                        end(target, Outcome.CANCELLED);
                    } else {
                        send(target);
                    }
                });
    }

    private void send(Target target) {
        Duration deadline = job.template().deadline();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        JobLoop.Timer timer =
                loop.schedule(() -> answer.complete(late(deadline)), deadline.plus(GRACE));
        answer.thenAccept(
                outcome -> {
                    timer.cancel();
                    end(target, outcome);
                });
        try {
            work.carryOut(job, target.device(), deadline)
                    .whenComplete(
                            (outcome, failure) ->
                                    loop.execute(
                                            () ->
                                                    answer.complete(
                                                            failure == null
                                                                    ? outcome
                                                                    : broken(target, failure))));
        } catch (RuntimeException e) {
            answer.complete(broken(target, e));
        }
    }

    private static Outcome late(Duration deadline) {
        return Outcome.failed(
                "timed_out",
                "The device did not answer within "
                        + deadline.toSeconds()
                        + " s. It may have done what was asked: look at it.");
    }

    private Outcome broken(Target target, Throwable failure) {
        log.atError()
                .addKeyValue("job", job.id())
                .addKeyValue("device", target.device())
                .setCause(failure)
                .log("a job met a fault of our own");
        return Outcome.failed(
                "internal", "The server met an error of its own; its log tells more.");
    }

    private void end(Target target, Outcome outcome) {
        work.ended(job, target.device(), outcome);
        surely(() -> journal.end(job.id(), target, outcome, loop.now()), _ -> release());
    }

    private void release() {
        underWay--;
        turns.giveBack();
        pump();
    }

    private void cancelWaiting() {
        surely(
                () -> journal.cancelSome(job.id(), CANCELLED_AT_ONCE, loop.now()),
                count -> {
                    if (count > 0) {
                        cancelWaiting();
                    } else {
                        endIfDone();
                    }
                });
    }

    private void endIfDone() {
        boolean all = cancelled || (lastPage && page.isEmpty() && !loading);
        if (stopped || ending || resting || underWay > 0 || !all) {
            return;
        }
        if (left > 0 && !cancelled) {
            rest(untilNextPass());
            return;
        }
        ending = true;
        surely(
                () -> journal.finish(job.id(), loop.now()),
                finished -> {
                    if (finished) {
                        over.run();
                        return;
                    }
                    // Somebody was left waiting as the job was cancelled.
                    ending = false;
                    if (cancelled) {
                        cancelWaiting();
                    } else {
                        rest(AGAIN);
                    }
                });
    }

    /** Looking for many devices that are away must not be all that the server does. */
    private Duration untilNextPass() {
        Duration rest = Duration.between(passBegan, loop.now()).multipliedBy(4);
        if (rest.compareTo(BETWEEN_PASSES) < 0) {
            return BETWEEN_PASSES;
        }
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** Then comes another pass over those that still wait; at the latest when that is over. */
    private void rest(Duration usual) {
        resting = true;
        Duration rest = usual;
        Instant until = job.waitUntil();
        Duration patience = Duration.between(loop.now(), until);
        if (patience.isPositive() && patience.compareTo(usual) < 0) {
            rest = patience;
        }
        loop.schedule(
                () -> {
                    resting = false;
                    passBegan = loop.now();
                    left = 0;
                    place = -1;
                    lastPage = false;
                    pump();
                },
                rest);
    }

    /** Does something until it succeeds; then goes on, on the loop. */
    private <T> void surely(Supplier<CompletionStage<T>> attempt, Consumer<T> next) {
        CompletionStage<T> stage;
        try {
            stage = attempt.get();
        } catch (RuntimeException e) {
            again(attempt, next, e);
            return;
        }
        stage.whenComplete(
                (value, failure) ->
                        loop.execute(
                                () -> {
                                    if (failure == null) {
                                        next.accept(value);
                                    } else {
                                        again(attempt, next, failure);
                                    }
                                }));
    }

    private <T> void again(
            Supplier<CompletionStage<T>> attempt, Consumer<T> next, Throwable failure) {
        log.atDebug()
                .addKeyValue("job", job.id())
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("a job waits, and tries again");
        loop.schedule(() -> surely(attempt, next), AGAIN);
    }
}
