package org.outpost.inventory.schedule;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.JobOwner;
import org.outpost.inventory.job.JobTemplate;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A job that starts again and again.
 *
 * @param id ten letters and digits
 * @param name for people
 * @param owner on whose rights its jobs run
 * @param template the job
 * @param cron when, as a cron expression of six fields, the first of them seconds
 * @param zone where the clock of the expression hangs
 * @param created when it was made
 * @param paused whether nothing is started for now
 * @param nextDue when it is due next; null when it is paused, or never again
 * @param last what became of it the last time; null before the first time
 */
public record Schedule(
        String id,
        String name,
        JobOwner owner,
        JobTemplate template,
        String cron,
        ZoneId zone,
        Instant created,
        boolean paused,
        @Nullable Instant nextDue,
        @Nullable Last last) {
    /** What became of a due time. */
    public enum Result {
        /** A job is being started, or was. */
        STARTED,
        /** The server did not run then, and it was too late afterwards. */
        MISSED,
        /** No job could be started. */
        REFUSED
    }

    /**
     * The last time.
     *
     * @param due when it was due
     * @param detail id of the job, or why there is none
     */
    public record Last(Instant due, Result result, String detail) {}
}
