package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.ServicePorts;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.wsman.Envelopes;
import org.outpost.amt.wsman.Exchanger;
import org.outpost.amt.wsman.WsmanClient;
import org.outpost.amt.wsman.WsmanRequest;
import org.outpost.amt.wsman.WsmanResponse;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.amt.wsman.http.HttpSession;
import org.outpost.amt.wsman.http.HttpSettings;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.server.web.amt.AmtLogins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Takes requests to one device over the way that the directory knows at that moment. As long as the
 * way is the same, so is the connection; on another way the device signs in anew.
 */
final class AmtExchanger implements Exchanger {
    private static final Logger log = LoggerFactory.getLogger(AmtExchanger.class);

    /** This server, as the directory sees it. */
    static final Console SELF =
            new Console("", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final UUID device;
    private final Directory directory;
    private final AmtLogins logins;
    private final Function<Route, DeviceConnector> connectors;
    private final Envelopes envelopes;
    private final TaskLoop loop;
    private final SecureRandom random;
    private @Nullable Session session;
    private @Nullable CompletableFuture<WsmanResponse> preparing;

    private record Session(Route route, WsmanClient client) {}

    /** A way, and a login where a new connection needs one. */
    private record Way(Route route, Optional<Credentials> login) {}

    AmtExchanger(
            UUID device,
            Directory directory,
            AmtLogins logins,
            Function<Route, DeviceConnector> connectors,
            Envelopes envelopes,
            TaskLoop loop,
            SecureRandom random) {
        this.device = device;
        this.directory = directory;
        this.logins = logins;
        this.connectors = connectors;
        this.envelopes = envelopes;
        this.loop = loop;
        this.random = random;
    }

    @Override
    public CompletableFuture<WsmanResponse> send(WsmanRequest request, Duration deadline) {
        CompletableFuture<WsmanResponse> response = new CompletableFuture<>();
        preparing = response;
        long start = loop.nanoTime();
        TaskLoop.Timer timer =
                loop.schedule(
                        () -> fail(response, new AmtFailure.TimedOut(deadline, false)), deadline);
        Session present = session;
        way(present == null ? null : present.route())
                .whenCompleteAsync(
                        (way, failure) -> {
                            timer.cancel();
                            if (response.isDone()) {
                                return;
                            }
                            preparing = null;
                            if (way == null) {
                                fail(response, reason(failure));
                            } else {
                                Duration left = deadline.minusNanos(loop.nanoTime() - start);
                                pass(way, request, left, response);
                            }
                        },
                        loop);
        return response;
    }

    private static void fail(CompletableFuture<WsmanResponse> response, AmtFailure failure) {
        response.completeExceptionally(new AmtException(failure));
    }

    private AmtFailure reason(@Nullable Throwable failure) {
        return AmtException.failureOf(failure)
                .orElseGet(
                        () -> {
                            log.atWarn()
                                    .addKeyValue("device", device)
                                    .setCause(failure)
                                    .log("the way or the login to a device could not be read");
                            return unreachable(AmtFailure.Reach.FAILED);
                        });
    }

    private static AmtFailure unreachable(AmtFailure.Reach reach) {
        return new AmtFailure.Unreachable(ServicePorts.WSMAN.tls(), reach);
    }

    private CompletionStage<Way> way(@Nullable Route present) {
        return directory
                .resolve(device.toString(), SELF)
                .thenCompose(
                        resolution -> {
                            if (!(resolution instanceof Resolution.Reachable reachable)) {
                                return CompletableFuture.failedStage(
                                        new AmtException(unreachable(AmtFailure.Reach.NO_WAY)));
                            }
                            if (reachable.route() == present) {
                                return CompletableFuture.completedStage(
                                        new Way(reachable.route(), Optional.empty()));
                            }
                            return logins.find(device)
                                    .thenApply(
                                            login ->
                                                    new Way(
                                                            reachable.route(),
                                                            Optional.of(
                                                                    login.orElseThrow(
                                                                            AmtExchanger
                                                                                    ::noLogin))));
                        });
    }

    private static AmtException noLogin() {
        return new AmtException(new AmtFailure.AuthenticationFailed(""));
    }

    private void pass(
            Way way,
            WsmanRequest request,
            Duration left,
            CompletableFuture<WsmanResponse> response) {
        client(way)
                .send(request, left)
                .whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                response.complete(answer);
                            } else {
                                response.completeExceptionally(failure);
                            }
                        });
    }

    private WsmanClient client(Way way) {
        Session present = session;
        if (present != null && present.route() == way.route()) {
            return present.client();
        }
        if (present != null) {
            present.client().closeIdle();
        }
        HttpSession http =
                new HttpSession(
                        connectors.apply(way.route()),
                        way.login().orElseThrow(AmtExchanger::noLogin),
                        HttpSettings.of(device + ":" + ServicePorts.WSMAN.plain()),
                        loop,
                        random);
        WsmanClient client = new WsmanClient(http, envelopes, loop);
        session = new Session(way.route(), client);
        return client;
    }

    @Override
    public void abort(AmtFailure failure) {
        CompletableFuture<WsmanResponse> waiting = preparing;
        preparing = null;
        if (waiting != null) {
            fail(waiting, failure);
        }
        Session present = session;
        if (present != null) {
            present.client().abort(failure);
        }
    }

    @Override
    public void closeIdle() {
        Session present = session;
        if (present != null) {
            present.client().closeIdle();
        }
    }
}
