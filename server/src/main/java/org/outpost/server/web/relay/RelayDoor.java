package org.outpost.server.web.relay;

import io.netty.channel.EventLoop;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.access.token.Tickets;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.gateway.GatewayEnd;
import org.outpost.amt.redirection.gateway.GatewayListener;
import org.outpost.amt.redirection.gateway.GatewaySession;
import org.outpost.amt.redirection.gateway.GatewaySettings;
import org.outpost.amt.redirection.gateway.GatewayTraffic;
import org.outpost.amt.redirection.gateway.RedirectionLeases;
import org.outpost.amt.redirection.gateway.ScreenTap;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.OwnOrigin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets browsers in at {@value #PATH}: checks where their page comes from, their one-time token (the
 * WebSocket's sub-protocol, as Open DMT's toolkit sends it), the device and the right to it; then
 * the browser's WebSocket is a channel like any other.
 */
public final class RelayDoor implements WebSocketCreator {
    /** Where Open DMT's toolkit looks for it. */
    public static final String PATH = "/relay/webrelay.ashx";

    private static final Logger log = LoggerFactory.getLogger(RelayDoor.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Parts parts;

    /**
     * What the door needs.
     *
     * @param origins pages of these origins may come besides our own
     * @param devices what rights to a device depend on
     * @param loops where channels of browsers live
     */
    public record Parts(
            Callers callers,
            Tickets tickets,
            List<String> origins,
            Function<UUID, DeviceTraits> devices,
            RelayTargets targets,
            RedirectionLeases leases,
            AuditTrail audit,
            Supplier<EventLoop> loops) {}

    /** Makes the door. */
    public RelayDoor(Parts parts) {
        this.parts = parts;
    }

    @Override
    public @Nullable Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !isAllowed(origin, request.getHeaders().get(HttpHeader.HOST))) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, "foreign page");
        }
        Fields query = Request.extractQueryParameters(request);
        RelayQuery asked = RelayQuery.of(query::getValue).orElse(null);
        if (asked == null) {
            return refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "write ?p=2&host=UUID&port=16994&mode=kvm, sol or ider");
        }
        List<String> offered = request.getSubProtocols();
        String token = offered.isEmpty() ? "" : offered.getFirst();
        Caller caller =
                parts.tickets()
                        .take(token, asked.kind().label())
                        .filter(ticket -> ticket.device().equals(asked.device()))
                        .flatMap(parts.callers()::of)
                        .orElse(null);
        if (caller == null) {
            return refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.UNAUTHORIZED_401,
                    "the token is unknown, used or older than half a minute");
        }
        if (!caller.may(Verb.REDIRECT, parts.devices().apply(asked.device()))) {
            return refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.FORBIDDEN_403,
                    "this needs the right 'redirect' for the device");
        }
        RelayTargets.Target target = target(asked.device()).orElse(null);
        if (target == null) {
            return refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.NOT_FOUND_404,
                    "the device is not connected, or its credentials are not known");
        }
        response.setAcceptedSubProtocol(token);
        return socket(
                asked,
                caller,
                target,
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress());
    }

    private RelaySocket socket(
            RelayQuery asked,
            Caller caller,
            RelayTargets.Target target,
            InetSocketAddress address) {
        Optional<RedirectionLeases.Lease> lease = parts.leases().take(asked.device(), asked.kind());
        AuditDraft draft =
                AuditDraft.of(
                                new Actor(
                                        caller.user(),
                                        caller.means(),
                                        address.getAddress().getHostAddress()),
                                parts.devices().apply(asked.device()).tenant(),
                                asked.kind().label() + "-session")
                        .on(asked.device());
        return new RelaySocket(
                parts.loops().get(),
                channel ->
                        GatewaySession.start(
                                channel,
                                asked.kind(),
                                target.client(),
                                target.credentials(),
                                GatewaySettings.DEFAULT,
                                ScreenTap.NONE,
                                lease,
                                new Recorder(draft)),
                () -> lease.ifPresent(RedirectionLeases.Lease::close));
    }

    private Optional<RelayTargets.Target> target(UUID device) {
        try {
            return parts.targets()
                    .find(device)
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().setCause(e).addKeyValue("device", device).log("no way to a device");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean isAllowed(String origin, @Nullable String host) {
        return parts.origins().contains(origin) || OwnOrigin.is(origin, host);
    }

    private static @Nullable Object refuse(
            ServerUpgradeRequest request,
            ServerUpgradeResponse response,
            Callback callback,
            int status,
            String reason) {
        log.atInfo()
                .addKeyValue("door", "relay")
                .addKeyValue("console", request.getConnectionMetaData().getRemoteSocketAddress())
                .addKeyValue("status", status)
                .addKeyValue("reason", reason)
                .log("a browser was not let in");
        Response.writeError(request, response, callback, status, reason);
        return null;
    }

    /** Writes down that a session was opened, or why not, and how much went through it. */
    private final class Recorder implements GatewayListener {
        private final AuditDraft draft;

        Recorder(AuditDraft draft) {
            this.draft = draft;
        }

        @Override
        public void opened() {
            parts.audit().record(draft.with(AuditResult.ALLOWED, ""));
        }

        @Override
        public void ended(
                GatewayEnd reason, @Nullable RedirectionFailure failure, GatewayTraffic traffic) {
            parts.audit()
                    .record(
                            (reason == GatewayEnd.NOT_OPENED || reason == GatewayEnd.BUSY
                                            ? draft.with(
                                                    AuditResult.FAILED,
                                                    failure == null
                                                            ? reason.name()
                                                            : failure.name())
                                            : draft.with(AuditResult.DONE, reason.name()))
                                    .detail("to-device", Long.toString(traffic.toDevice()))
                                    .detail("to-console", Long.toString(traffic.toConsole())));
        }
    }
}
