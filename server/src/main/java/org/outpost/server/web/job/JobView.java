package org.outpost.server.web.job;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.DeviceState;
import org.outpost.inventory.job.Job;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job as the API shows it.
 *
 * @param state {@code running}, {@code cancelling}, {@code cancelled} or {@code ended}
 * @param origin id of the job or schedule that it comes from; empty for none
 * @param devices how many it is for
 * @param counts how many of them are in each state
 * @param rate devices accounted for in a second, over its whole time
 * @param waitUntil until when offline devices are waited for; null for not at all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record JobView(
        String id,
        String state,
        String action,
        String owner,
        String tenant,
        String origin,
        String reason,
        String ticket,
        int parallelism,
        long deadlineSeconds,
        long devices,
        Map<String, Long> counts,
        double rate,
        Instant created,
        @Nullable Instant waitUntil,
        @Nullable Instant cancelled,
        @Nullable Instant ended) {
    static JobView of(Job job, Map<DeviceState, Long> counts, Instant now) {
        Map<String, Long> all = new LinkedHashMap<>();
        long accounted = 0;
        for (DeviceState state : DeviceState.values()) {
            long count = counts.getOrDefault(state, 0L);
            all.put(state.label(), count);
            accounted += state.isFinal() ? count : 0;
        }
        Instant until = job.ended() == null ? now : job.ended();
        double seconds = Math.max(0.001, Duration.between(job.created(), until).toMillis() / 1e3);
        return new JobView(
                job.id(),
                job.state(),
                job.template().action().label(),
                job.owner().name(),
                job.owner().tenant(),
                job.origin(),
                job.template().reason(),
                job.template().ticket(),
                job.template().parallelism(),
                job.template().deadline().toSeconds(),
                job.devices(),
                all,
                Math.round(100 * accounted / seconds) / 100.0,
                job.created(),
                job.template().waiting().isZero() ? null : job.waitUntil(),
                job.cancelled(),
                job.ended());
    }
}
