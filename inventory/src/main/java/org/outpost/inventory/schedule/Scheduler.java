package org.outpost.inventory.schedule;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Starts jobs when they are due. Of what was due while the server did not run, the last time counts
 * when it is less than an hour ago; else it is recorded as missed.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration LATE = Duration.ofHours(1);
    private static final int AT_ONCE = 20;
    private static final long EVERY_MILLIS = 1_000;

    private final ScheduleStore store;
    private final Timetable timetable;
    private final JobStarter starter;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-schedules").daemon().factory());

    /** Starts nothing yet; see {@link #open}. */
    public Scheduler(
            ScheduleStore store, Timetable timetable, JobStarter starter, InstantSource clock) {
        this.store = store;
        this.timetable = timetable;
        this.starter = starter;
        this.clock = clock;
    }

    /** Where schedules are. */
    public ScheduleStore store() {
        return store;
    }

    /** Reads cron expressions. */
    public Timetable timetable() {
        return timetable;
    }

    /** Looks at the clock from now on. */
    public void open() {
        thread.scheduleWithFixedDelay(
                this::guarded, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            tick();
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("schedules are looked at again in a moment");
        }
    }

    /** Acts for all that is due. Blocks. */
    void tick() {
        List<Schedule> due = store.due(clock.instant(), AT_ONCE).toCompletableFuture().join();
        for (Schedule schedule : due) {
            try {
                act(schedule);
            } catch (RuntimeException e) {
                log.atWarn()
                        .addKeyValue("schedule", schedule.id())
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("a schedule is due and cannot be acted for; it is tried again");
            }
        }
    }

    private void act(Schedule schedule) {
        Instant now = clock.instant();
        Instant due = Objects.requireNonNull(schedule.nextDue());
        Instant next = timetable.next(schedule.cron(), schedule.zone(), now).orElse(null);
        if (Duration.between(due, now).compareTo(LATE) >= 0) {
            claim(schedule, next, Schedule.Result.MISSED, "The server did not run at that time.");
            return;
        }
        Optional<String> refusal =
                starter.start(
                        schedule,
                        (handle, job) ->
                                ScheduleTable.claim(
                                        handle, schedule, next, Schedule.Result.STARTED, job));
        refusal.ifPresent(reason -> claim(schedule, next, Schedule.Result.REFUSED, reason));
    }

    private void claim(
            Schedule schedule, @Nullable Instant next, Schedule.Result result, String detail) {
        store.claim(schedule, next, result, detail).toCompletableFuture().join();
        log.atWarn()
                .addKeyValue("schedule", schedule.id())
                .addKeyValue("due", schedule.nextDue())
                .addKeyValue("reason", detail)
                .log("a schedule was due, and no job was started");
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.atDebug().log("a schedule is still being acted for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
