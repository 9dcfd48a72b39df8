package org.outpost.inventory.schedule;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.inventory.job.JobViewer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Schedules in the database. Stages fail with {@link org.outpost.database.DatabaseException} when
 * it does not do what is asked.
 */
public final class ScheduleStore {
    private final Database database;

    /**
     * Keeps them in a database.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     */
    public ScheduleStore(Database database) {
        this.database = database;
    }

    /** Adds one; says whether there was room for another one of the tenant. */
    public CompletionStage<Boolean> add(Schedule schedule, int most) {
        return database.write(
                handle -> {
                    if (ScheduleTable.count(handle, schedule.owner().tenant()) >= most) {
                        return false;
                    }
                    ScheduleTable.add(handle, schedule);
                    return true;
                });
    }

    /** The schedule of this id. */
    public CompletionStage<Optional<Schedule>> find(String id) {
        return database.read(handle -> ScheduleTable.find(handle, id));
    }

    /** Schedules, the oldest first. */
    public CompletionStage<List<Schedule>> list(JobViewer viewer, int most) {
        return database.read(handle -> ScheduleTable.list(handle, viewer, most));
    }

    /** Takes one out; says whether it was there. Its jobs go on. */
    public CompletionStage<Boolean> remove(String id) {
        return database.write(handle -> ScheduleTable.remove(handle, id));
    }

    /**
     * Lets one rest, or go on.
     *
     * @param next when it is due next; null when it rests
     * @return completes with whether it was there
     */
    public CompletionStage<Boolean> pause(String id, boolean paused, @Nullable Instant next) {
        return database.write(handle -> ScheduleTable.pause(handle, id, paused, next));
    }

    /** Those that are due, the longest first. */
    CompletionStage<List<Schedule>> due(Instant now, int most) {
        return database.read(handle -> ScheduleTable.due(handle, now, most));
    }

    /** Takes a due time before anything is done about it; says whether it was there to be taken. */
    CompletionStage<Boolean> claim(
            Schedule schedule, @Nullable Instant next, Schedule.Result result, String detail) {
        return database.write(
                handle -> ScheduleTable.claim(handle, schedule, next, result, detail));
    }
}
