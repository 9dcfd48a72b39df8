package org.outpost.inventory.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs for tests. */
final class Jobs {
    static final JobOwner OWNER =
            new JobOwner("user:iris", "iris", "acme", "password", "192.0.2.1", "{}");

    private Jobs() {}

    static JobTemplate template(JobAction action, int parallelism, Duration waiting) {
        return new JobTemplate(
                DeviceQuery.of(List.of()),
                action,
                parallelism,
                Duration.ofSeconds(10),
                waiting,
                "because",
                "T-1");
    }

    static Job job(JobAction action, int parallelism, Duration waiting, Instant now) {
        return new Job(
                "job",
                OWNER,
                template(action, parallelism, waiting),
                "",
                now,
                now.plus(waiting),
                0,
                true,
                null,
                null,
                Map.of());
    }

    static Job cancelled(Job job, Instant now) {
        return new Job(
                job.id(),
                job.owner(),
                job.template(),
                job.origin(),
                job.created(),
                job.waitUntil(),
                job.devices(),
                true,
                now,
                null,
                Map.of());
    }
}
