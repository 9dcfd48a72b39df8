package org.outpost.server.web.job;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.JobDevice;

import java.time.Instant;
import java.util.UUID;

/**
 * A device of a job as the API shows it.
 *
 * @param code why, for programs, in the words of the other routes; empty when there is nothing to
 *     say
 * @param detail why, for people
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record JobDeviceView(
        UUID guid,
        String state,
        String code,
        String detail,
        @Nullable Instant began,
        @Nullable Instant ended) {
    static JobDeviceView of(JobDevice device) {
        return new JobDeviceView(
                device.device(),
                device.state().label(),
                device.code(),
                device.detail(),
                device.began(),
                device.ended());
    }
}
