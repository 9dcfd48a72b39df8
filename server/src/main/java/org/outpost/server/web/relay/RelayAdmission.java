package org.outpost.server.web.relay;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.access.token.Ticket;
import org.outpost.access.token.Tickets;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.OwnOrigin;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides which WebSockets come in: where they come from, which page opened them, their one-time
 * token (the WebSocket's sub-protocol, as Open DMT's toolkit sends it), the device, the right to it
 * and the way to it, in this order.
 */
public final class RelayAdmission {
    private static final long PATIENCE_SECONDS = 10;

    private final Callers callers;
    private final Tickets tickets;
    private final Predicate<InetSocketAddress> allowed;
    private final List<String> origins;
    private final Function<UUID, DeviceTraits> devices;
    private final RelayTargets targets;

    /**
     * Decides by these.
     *
     * @param allowed where users may come from
     * @param origins pages of these origins may come besides our own
     * @param devices what rights to a device depend on
     */
    public RelayAdmission(
            Callers callers,
            Tickets tickets,
            Predicate<InetSocketAddress> allowed,
            List<String> origins,
            Function<UUID, DeviceTraits> devices,
            RelayTargets targets) {
        this.callers = callers;
        this.tickets = tickets;
        this.allowed = allowed;
        this.origins = List.copyOf(origins);
        this.devices = devices;
        this.targets = targets;
    }

    /**
     * Who was let in.
     *
     * @param token to be accepted as the sub-protocol
     */
    record Admitted(
            RelayQuery query,
            String token,
            Ticket ticket,
            Caller caller,
            RelayTargets.Target target,
            InetSocketAddress address) {
        /** Leaves the token out, so that it reaches no log. */
        @Override
        public String toString() {
            return "Admitted[" + query + ", " + caller.user() + "]";
        }
    }

    /** Lets one in. Waits for the way to the device, on the request's virtual thread. */
    Admitted admit(ServerUpgradeRequest request) throws RelayRefusedException {
        InetSocketAddress address =
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
        if (!allowed.test(address)) {
            throw new RelayRefusedException(
                    HttpStatus.FORBIDDEN_403, "this address is not on the allow list: web.allow");
        }
        checkOrigin(request);
        RelayQuery query = query(request);
        List<String> offered = request.getSubProtocols();
        String token = offered.isEmpty() ? "" : offered.getFirst();
        Ticket ticket =
                tickets.take(token, query.kind().label())
                        .filter(taken -> taken.device().equals(query.device()))
                        .orElseThrow(RelayAdmission::noTicket);
        Caller caller = callers.of(ticket).orElseThrow(RelayAdmission::noTicket);
        if (!caller.may(Verb.REDIRECT, devices.apply(query.device()))) {
            throw new RelayRefusedException(
                    HttpStatus.FORBIDDEN_403,
                    "this needs the right 'redirect' for the device",
                    caller);
        }
        return switch (find(query, caller, address)) {
            case RelayTargets.Target target ->
                    new Admitted(query, token, ticket, caller, target, address);
            case RelayTargets.NoWay(String reason) ->
                    throw new RelayRefusedException(HttpStatus.NOT_FOUND_404, reason, caller);
        };
    }

    private void checkOrigin(ServerUpgradeRequest request) throws RelayRefusedException {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        // Programs send none. What lets in is the token, which no other page can read.
        if (origin != null
                && !origins.contains(origin)
                && !OwnOrigin.is(origin, request.getHeaders().get(HttpHeader.HOST))) {
            throw new RelayRefusedException(
                    HttpStatus.FORBIDDEN_403,
                    "pages of this origin may not come in; name it in web.cors-origins");
        }
    }

    private static RelayQuery query(ServerUpgradeRequest request) throws RelayRefusedException {
        Fields parameters = Request.extractQueryParameters(request);
        return RelayQuery.of(parameters::getValue)
                .orElseThrow(
                        () ->
                                new RelayRefusedException(
                                        HttpStatus.BAD_REQUEST_400,
                                        "write ?p=2&host=UUID&port=16994&mode=kvm, sol or ider"));
    }

    private static RelayRefusedException noTicket() {
        return new RelayRefusedException(
                HttpStatus.UNAUTHORIZED_401,
                "the token is unknown, used, of another device or older than half a minute; get"
                        + " one from /api/v1/authorize/redirection/UUID");
    }

    private RelayTargets.Found find(RelayQuery query, Caller caller, InetSocketAddress address)
            throws RelayRefusedException {
        try {
            return targets.find(
                            query.device(),
                            new RelayTargets.Purpose(query.kind(), caller.user(), address))
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RelayRefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "the way to the device cannot be found out; look at the server's log",
                    caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RelayRefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "the server is stopping", caller);
        }
    }
}
