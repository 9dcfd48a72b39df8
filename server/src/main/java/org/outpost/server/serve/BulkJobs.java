package org.outpost.server.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.database.Database;
import org.outpost.inventory.job.JobRunner;
import org.outpost.inventory.job.JobSettings;
import org.outpost.inventory.job.JobStore;
import org.outpost.inventory.job.JobWork;
import org.outpost.server.configuration.JobsConfiguration;

import java.time.InstantSource;

/** Bulk jobs, put together from the configuration. */
final class BulkJobs implements AutoCloseable {
    private final JobRunner runner;

    /** Goes on with what had not ended when the server stopped. Blocks. */
    BulkJobs(JobsConfiguration settings, Database database, JobWork work, MeterRegistry meters) {
        runner =
                new JobRunner(
                        new JobStore(database),
                        work,
                        new JobSettings(
                                settings.parallel(),
                                settings.perTenant(),
                                settings.devices(),
                                settings.keep(),
                                settings.returnWithin()),
                        InstantSource.system());
        Gauge.builder("outpost.jobs.running", runner, JobRunner::running)
                .description("Bulk jobs that have not ended")
                .register(meters);
        Gauge.builder("outpost.jobs.devices.asked", runner, JobRunner::underWay)
                .description("Devices that bulk jobs are asking now")
                .register(meters);
        runner.open();
    }

    JobRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        runner.close();
    }
}
