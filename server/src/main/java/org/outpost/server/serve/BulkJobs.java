package org.outpost.server.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.database.Database;
import org.outpost.inventory.job.JobRunner;
import org.outpost.inventory.job.JobSettings;
import org.outpost.inventory.job.JobStore;
import org.outpost.inventory.job.JobWork;
import org.outpost.inventory.schedule.JobStarter;
import org.outpost.inventory.schedule.ScheduleStore;
import org.outpost.inventory.schedule.Scheduler;
import org.outpost.server.configuration.JobsConfiguration;
import org.outpost.server.web.WebServer;

import java.time.InstantSource;
import java.util.function.Function;

/** Bulk jobs and schedules, put together from the configuration. */
final class BulkJobs implements AutoCloseable {
    private final JobRunner runner;
    private final Scheduler scheduler;

    /** Goes on with what had not ended when the server stopped. Blocks. */
    BulkJobs(
            JobsConfiguration settings,
            Database database,
            JobWork work,
            Function<JobRunner, JobStarter> starter,
            MeterRegistry meters) {
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
        scheduler =
                new Scheduler(
                        new ScheduleStore(database),
                        new SpringTimetable(),
                        starter.apply(runner),
                        InstantSource.system());
        scheduler.open();
    }

    /** What the API needs of it. */
    WebServer.JobParts parts() {
        return new WebServer.JobParts(runner, scheduler);
    }

    @Override
    public void close() {
        scheduler.close();
        runner.close();
    }
}
