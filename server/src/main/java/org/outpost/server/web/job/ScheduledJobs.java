package org.outpost.server.web.job;

import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.inventory.job.Job;
import org.outpost.inventory.job.JobOwner;
import org.outpost.inventory.job.JobRefusedException;
import org.outpost.inventory.job.JobRunner;
import org.outpost.inventory.job.NewJob;
import org.outpost.inventory.schedule.JobStarter;
import org.outpost.inventory.schedule.Schedule;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Starts the jobs of schedules, on what their owners may do at that time. */
public final class ScheduledJobs implements JobStarter {
    private final JobRunner jobs;
    private final DeviceSelection devices;
    private final JobOwners owners;
    private final AuditTrail trail;

    /** Starts them here. */
    public ScheduledJobs(
            JobRunner jobs, DeviceSelection devices, JobOwners owners, AuditTrail trail) {
        this.jobs = jobs;
        this.devices = devices;
        this.owners = owners;
        this.trail = trail;
    }

    @Override
    public Optional<String> start(Schedule schedule, Claim claim) {
        JobOwner owner = schedule.owner();
        Caller caller = owners.caller(owner).orElse(null);
        if (caller == null) {
            return refused(schedule, owner.name() + " may not sign in any more.");
        }
        Verb verb = JobController.verb(schedule.template());
        DeviceSelection.Selected selected =
                devices.passing(schedule.template().query(), verb, caller);
        if (selected.allowed().isEmpty() && selected.denied().isEmpty()) {
            return refused(schedule, "No device passed its query.");
        }
        try {
            Optional<Job> job =
                    jobs.start(
                                    new NewJob(
                                            owner,
                                            schedule.template(),
                                            schedule.id(),
                                            selected.allowed(),
                                            selected.denied()),
                                    claim::take)
                            .toCompletableFuture()
                            .join();
            job.ifPresent(one -> told(schedule, AuditResult.DONE, one.id()));
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JobRefusedException refusal) {
                return refused(schedule, String.valueOf(refusal.getMessage()));
            }
            throw e;
        }
    }

    private Optional<String> refused(Schedule schedule, String reason) {
        told(schedule, AuditResult.FAILED, reason);
        return Optional.of(reason);
    }

    private void told(Schedule schedule, AuditResult result, String what) {
        JobOwner owner = schedule.owner();
        AuditDraft draft =
                AuditDraft.of(
                                new Actor(owner.name(), "schedule", ""),
                                owner.tenant(),
                                "start-scheduled-job")
                        .because(schedule.template().reason(), schedule.template().ticket())
                        .detail("action", schedule.template().action().label())
                        .detail("schedule", schedule.id());
        trail.record(
                result == AuditResult.DONE
                        ? draft.at(what).with(result, "")
                        : draft.at(schedule.id()).with(result, what));
    }
}
