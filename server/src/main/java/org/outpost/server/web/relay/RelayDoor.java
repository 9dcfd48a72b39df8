package org.outpost.server.web.relay;

import io.netty.channel.EventLoop;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.server.recording.OpenRecording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets browsers in at {@value #PATH}. Once let in ({@link RelayAdmission}), a browser's WebSocket
 * is a channel like any other.
 */
public final class RelayDoor implements WebSocketCreator {
    /** Where Open DMT's toolkit looks for it. */
    public static final String PATH = "/relay/webrelay.ashx";

    private static final Logger log = LoggerFactory.getLogger(RelayDoor.class);
    private static final int LARGEST_FRAME = 1 << 20;
    private static final int PIECE = 1 << 14;

    /** Pings come well before ({@link RelaySocket}); sessions have a deadline of their own. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final RelayAdmission admission;
    private final Function<UUID, DeviceTraits> devices;
    private final Supplier<EventLoop> loops;
    private final RelaySessions sessions;
    private final RelayRecordings recordings;
    private final AuditTrail audit;

    /**
     * Makes the door.
     *
     * @param loops where channels of browsers live
     */
    public RelayDoor(
            RelayAdmission admission,
            Function<UUID, DeviceTraits> devices,
            Supplier<EventLoop> loops,
            RelaySessions sessions,
            RelayRecordings recordings,
            AuditTrail audit) {
        this.admission = admission;
        this.devices = devices;
        this.loops = loops;
        this.sessions = sessions;
        this.recordings = recordings;
        this.audit = audit;
    }

    /** Opens it in this container. */
    public void open(ServerWebSocketContainer container) {
        container.setIdleTimeout(IDLE);
        // Long frames come in pieces; none is gathered.
        container.setMaxFrameSize(LARGEST_FRAME);
        container.setInputBufferSize(PIECE);
        container.addMapping(PATH, this);
    }

    @Override
    public @Nullable Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        RelayAdmission.Admitted admitted;
        OpenRecording recording;
        try {
            admitted = admission.admit(request);
            recording = recordings.begin(admitted);
        } catch (RelayRefusedException e) {
            SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
            log.atInfo()
                    .addKeyValue("door", "relay")
                    .addKeyValue("console", address)
                    .addKeyValue("status", e.status())
                    .addKeyValue("reason", e.reason())
                    .log("a browser was not let in");
            record(request, e, address);
            Response.writeError(request, response, callback, e.status(), e.reason());
            return null;
        }
        response.setAcceptedSubProtocol(admitted.token());
        // Compression costs more than it saves: screens come compressed already.
        response.setExtensions(List.of());
        AuditDraft session = draft(admitted.caller(), admitted.query(), admitted.address());
        AuditDraft draft =
                recording == null ? session : session.detail("recording", recording.id());
        return new RelaySocket(
                loops.get(),
                channel ->
                        sessions.begin(
                                admitted, channel, new RelayRecorder(audit, draft), recording));
    }

    /** Who is known and may not, or finds no way, leaves a trace; guesses are for the log. */
    private void record(
            ServerUpgradeRequest request, RelayRefusedException refusal, SocketAddress address) {
        Caller caller = refusal.caller();
        if (caller != null && address instanceof InetSocketAddress from) {
            RelayQuery.of(Request.extractQueryParameters(request)::getValue)
                    .ifPresent(
                            query ->
                                    audit.record(
                                            draft(caller, query, from)
                                                    .with(
                                                            refusal.isDenied()
                                                                    ? AuditResult.DENIED
                                                                    : AuditResult.FAILED,
                                                            refusal.reason())));
        }
    }

    private AuditDraft draft(Caller caller, RelayQuery query, InetSocketAddress address) {
        return AuditDraft.of(
                        new Actor(
                                caller.user(),
                                caller.means(),
                                address.getAddress().getHostAddress()),
                        devices.apply(query.device()).tenant(),
                        query.kind().label() + "-session")
                .on(query.device());
    }
}
