package org.outpost.server.serve;

import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.Verb;
import org.outpost.amt.connection.ServicePorts;
import org.outpost.amt.traffic.CallOptions;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.job.DeviceState;
import org.outpost.inventory.job.Job;
import org.outpost.inventory.job.JobOwner;
import org.outpost.inventory.job.JobWork;
import org.outpost.inventory.job.Outcome;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.web.amt.AmtDevices;
import org.outpost.server.web.device.DeviceController;
import org.outpost.server.web.job.JobController;
import org.outpost.server.web.job.JobOwners;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What jobs do to devices: over AMT, on the rights of their owners, and written down. */
final class DeviceWork implements JobWork {
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final AmtDevices devices;
    private final Presence presence;
    private final boolean lan;
    private final DeviceLabels labels;
    private final JobOwners owners;
    private final AuditTrail trail;

    /**
     * Works so.
     *
     * @param lan whether devices may be reached without a tunnel
     */
    DeviceWork(
            AmtDevices devices,
            Presence presence,
            boolean lan,
            DeviceLabels labels,
            JobOwners owners,
            AuditTrail trail) {
        this.devices = devices;
        this.presence = presence;
        this.lan = lan;
        this.labels = labels;
        this.owners = owners;
        this.trail = trail;
    }

    @Override
    public CompletionStage<Boolean> isReachable(UUID device) {
        // Memory answers for tunnels, so that many devices that are away cost no queries.
        boolean connected = presence.tunnelOf(device).filter(DeviceWork::isReady).isPresent();
        return connected || !lan
                ? CompletableFuture.completedStage(connected)
                : devices.reach(device).thenApply(reach -> reach == AmtDevices.Reach.REACHABLE);
    }

    /** A device that has just called in announces its ports one by one, and refuses till then. */
    private static boolean isReady(TunnelInfo tunnel) {
        return tunnel.ports().contains(ServicePorts.WSMAN.tls())
                || tunnel.since().plus(SETTLING).isBefore(Instant.now());
    }

    @Override
    public Optional<String> refusal(Job job, UUID device) {
        Verb verb = JobController.verb(job.template());
        return owners.caller(job.owner())
                .map(
                        caller ->
                                caller.may(verb, DeviceController.traits(labels.of(device)))
                                        ? Optional.<String>empty()
                                        : Optional.of(
                                                job.owner().name()
                                                        + " does not have the right '"
                                                        + verb.text()
                                                        + "' for this device any more."))
                .orElseGet(() -> Optional.of(job.owner().name() + " may not sign in any more."));
    }

    @Override
    public CompletionStage<Outcome> carryOut(Job job, UUID device, Duration deadline) {
        return DeviceOperations.carryOut(
                devices.officer(device).scope(CallOptions.background(deadline)),
                job.template().action());
    }

    @Override
    public void ended(Job job, UUID device, Outcome outcome) {
        JobOwner owner = job.owner();
        trail.record(
                AuditDraft.of(
                                new Actor(owner.name(), owner.means(), owner.address()),
                                labels.of(device).tenant(),
                                "job." + job.template().action().label())
                        .on(device)
                        .at(job.id())
                        .because(job.template().reason(), job.template().ticket())
                        .with(result(outcome.state()), outcome.code()));
    }

    private static AuditResult result(DeviceState state) {
        return switch (state) {
            case DONE -> AuditResult.DONE;
            case DENIED -> AuditResult.DENIED;
            case WAITING, RUNNING, FAILED, OFFLINE, CANCELLED, UNKNOWN -> AuditResult.FAILED;
        };
    }
}
