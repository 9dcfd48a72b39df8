package org.outpost.server.web.job;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.JobTemplate;
import org.outpost.inventory.schedule.Schedule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A schedule as the API shows it.
 *
 * @param nextDue null when it is paused, or never again
 * @param lastDue null before the first time
 * @param lastResult {@code started}, {@code missed} or {@code refused}; null before the first time
 * @param lastDetail id of the job, or why there is none; null before the first time
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ScheduleView(
        String id,
        String name,
        String cron,
        String zone,
        boolean paused,
        @Nullable Instant nextDue,
        @Nullable Instant lastDue,
        @Nullable String lastResult,
        @Nullable String lastDetail,
        String owner,
        String tenant,
        Instant created,
        String action,
        List<UUID> devices,
        Set<String> tags,
        String search,
        boolean connected,
        int parallelism,
        long deadlineSeconds,
        long waitSeconds,
        String reason,
        String ticket) {
    static ScheduleView of(Schedule schedule) {
        Schedule.Last last = schedule.last();
        JobTemplate template = schedule.template();
        return new ScheduleView(
                schedule.id(),
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.paused(),
                schedule.nextDue(),
                last == null ? null : last.due(),
                last == null ? null : last.result().name().toLowerCase(Locale.ROOT),
                last == null ? null : last.detail(),
                schedule.owner().name(),
                schedule.owner().tenant(),
                schedule.created(),
                template.action().label(),
                template.query().devices(),
                template.query().tags(),
                template.query().search(),
                template.query().connected(),
                template.parallelism(),
                template.deadline().toSeconds(),
                template.waiting().toSeconds(),
                template.reason(),
                template.ticket());
    }
}
