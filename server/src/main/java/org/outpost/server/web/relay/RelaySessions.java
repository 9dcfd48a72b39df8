package org.outpost.server.web.relay;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.GatewayEnd;
import org.outpost.amt.redirection.gateway.GatewayListener;
import org.outpost.amt.redirection.gateway.GatewaySession;
import org.outpost.amt.redirection.gateway.GatewaySettings;
import org.outpost.amt.redirection.gateway.GatewayTraffic;
import org.outpost.amt.redirection.gateway.RedirectionLeases;
import org.outpost.server.recording.OpenRecording;
import org.outpost.server.web.security.Callers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The sessions of browsers that are open now. A session ends within {@value #CHECK_SECONDS} seconds
 * after the right to it was taken away.
 */
public final class RelaySessions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RelaySessions.class);
    private static final int CHECK_SECONDS = 5;

    private final Callers callers;
    private final Function<UUID, DeviceTraits> devices;
    private final RedirectionLeases leases;
    private final Map<Long, RelaySession> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ScheduledExecutorService checks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("outpost-relay-rights").factory());

    /**
     * None yet.
     *
     * @param callers who stands behind a ticket, and what they may
     * @param devices what rights to a device depend on
     * @param leases one session of a kind for each device
     */
    public RelaySessions(
            Callers callers, Function<UUID, DeviceTraits> devices, RedirectionLeases leases) {
        this.callers = callers;
        this.devices = devices;
        this.leases = leases;
        checks.scheduleWithFixedDelay(
                this::endWhatIsNotAllowed, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Begins a session of somebody who was let in, on a channel that reads nothing yet.
     *
     * @param recording of the session; null when it is not recorded
     */
    void begin(
            RelayAdmission.Admitted admitted,
            Channel channel,
            GatewayListener listener,
            @Nullable OpenRecording recording) {
        long id = numbers.incrementAndGet();
        RelayQuery query = admitted.query();
        GatewaySession gateway =
                GatewaySession.start(
                        channel,
                        query.kind(),
                        admitted.target().client(),
                        admitted.target().credentials(),
                        GatewaySettings.DEFAULT,
                        RelayRecordings.announced(recording, query),
                        leases.take(query.device(), query.kind()),
                        new Leaving(id, listener, recording));
        if (recording != null) {
            recording.guards(() -> gateway.end(GatewayEnd.RECORDING_FAILED));
        }
        open.put(
                id,
                new RelaySession(
                        id,
                        query.device(),
                        query.kind(),
                        admitted.ticket(),
                        admitted.address(),
                        Instant.now(),
                        recording != null,
                        gateway));
        // It may have ended before it was put there.
        channel.closeFuture().addListener(closed -> open.remove(id));
    }

    /** All of them, the oldest first. */
    List<RelaySession> all() {
        return open.values().stream().sorted(Comparator.comparingLong(RelaySession::id)).toList();
    }

    /** Whether a session of this kind is open with a device, or being opened. */
    boolean isOpen(UUID device, RedirectionKind kind) {
        return leases.isTaken(device, kind);
    }

    private void endWhatIsNotAllowed() {
        for (RelaySession session : open.values()) {
            try {
                if (!isAllowed(session)) {
                    session.gateway().end(GatewayEnd.ENDED_HERE);
                }
            } catch (RuntimeException e) {
                log.atWarn()
                        .addKeyValue("device", session.device())
                        .setCause(e)
                        .log("the right to a session cannot be looked up; it goes on");
            }
        }
    }

    private boolean isAllowed(RelaySession session) {
        DeviceTraits device = devices.apply(session.device());
        return callers.of(session.ticket())
                .filter(caller -> caller.may(Verb.REDIRECT, device))
                .filter(caller -> session.recorded() || !mustBeRecorded(session, caller, device))
                .isPresent();
    }

    /** Their role may have become one that is recorded; they may come again, and are then. */
    private static boolean mustBeRecorded(
            RelaySession session, Caller caller, DeviceTraits device) {
        return session.kind() == RedirectionKind.SOL && caller.isRecorded(device);
    }

    /** Ends all of them. */
    @Override
    public void close() {
        checks.shutdownNow();
        open.values().forEach(session -> session.gateway().end(GatewayEnd.ENDED_HERE));
    }

    private final class Leaving implements GatewayListener {
        private final long id;
        private final GatewayListener next;
        private final @Nullable OpenRecording recording;

        Leaving(long id, GatewayListener next, @Nullable OpenRecording recording) {
            this.id = id;
            this.next = next;
            this.recording = recording;
        }

        @Override
        public void opened() {
            if (recording != null) {
                recording.began();
            }
            next.opened();
        }

        @Override
        public void ended(
                GatewayEnd reason, @Nullable RedirectionFailure failure, GatewayTraffic traffic) {
            open.remove(id);
            if (recording != null) {
                recording.end();
            }
            next.ended(reason, failure, traffic);
        }
    }
}
