package org.outpost.amt.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.AmtFailure.Reach;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Opens channels to the services of one device: chooses the plain or the TLS port, does TLS inside
 * the channel, and hands the channel over when it may be spoken on.
 */
public final class DeviceConnector {
    private final String device;
    private final PortConnector ports;
    private final ConnectionSettings settings;
    private final SslContext tls;
    private final PinStore pins;
    private final PinListener listener;

    /** Under {@link TransportChoice#EITHER}: what worked last is tried first. */
    private volatile boolean plainWorked;

    /**
     * Makes a connector.
     *
     * @param device the device's key, under which its pin is kept
     * @param ports connects to its ports
     * @param settings with or without TLS, and how
     * @param tls made by {@link TlsContexts} from the same settings; shared by devices
     * @param pins remembers certificates
     * @param listener hears of changed ones
     */
    public DeviceConnector(
            String device,
            PortConnector ports,
            ConnectionSettings settings,
            SslContext tls,
            PinStore pins,
            PinListener listener) {
        this.device = device;
        this.ports = ports;
        this.settings = settings;
        this.tls = tls;
        this.pins = pins;
        this.listener = listener;
    }

    /**
     * Connects to a service. Fails with an {@link AmtException}; who cancels the future closes the
     * connection.
     *
     * @param service its ports
     * @param stack adds the handlers that speak on the channel, behind TLS; they must not write
     *     before the future is done. Called once for each port that is tried.
     */
    public CompletableFuture<Channel> connect(
            ServicePorts service, Consumer<ChannelPipeline> stack) {
        return switch (settings.transport()) {
            case PLAIN -> plain(service, stack);
            case TLS -> secured(service, stack);
            case EITHER -> either(service, stack);
        };
    }

    private CompletableFuture<Channel> either(
            ServicePorts service, Consumer<ChannelPipeline> stack) {
        Attempt attempt = new Attempt();
        if (plainWorked) {
            attempt.follow(
                    plain(service, stack),
                    failure -> {
                        plainWorked = false;
                        attempt.follow(secured(service, stack), attempt::fail);
                    });
        } else {
            attempt.follow(
                    secured(service, stack),
                    failure -> clearText(attempt, service, stack, failure));
        }
        return attempt.result;
    }

    private void clearText(
            Attempt attempt, ServicePorts service, Consumer<ChannelPipeline> stack, Throwable why) {
        boolean refused =
                AmtException.failureOf(why)
                        .filter(
                                failure ->
                                        failure instanceof AmtFailure.Unreachable unreachable
                                                && unreachable.reach() == Reach.REFUSED)
                        .isPresent();
        if (!refused) {
            attempt.fail(why);
            return;
        }
        pins.find(device)
                .whenComplete(
                        (pin, error) -> {
                            if (pin == null || pin.isPresent()) {
                                attempt.fail(why);
                                return;
                            }
                            CompletableFuture<Channel> plain = plain(service, stack);
                            plain.thenAccept(channel -> plainWorked = true);
                            attempt.follow(plain, attempt::fail);
                        });
    }

    private CompletableFuture<Channel> plain(
            ServicePorts service, Consumer<ChannelPipeline> stack) {
        CompletableFuture<Channel> ready = new CompletableFuture<>();
        open(service.plain(), initializer(stack), ready, true);
        return ready;
    }

    private CompletableFuture<Channel> secured(
            ServicePorts service, Consumer<ChannelPipeline> stack) {
        CompletableFuture<Channel> ready = new CompletableFuture<>();
        ChannelHandler secured =
                initializer(
                        pipeline -> {
                            SslHandler ssl = tls.newHandler(pipeline.channel().alloc());
                            ssl.setHandshakeTimeoutMillis(settings.handshake().toMillis());
                            pipeline.addLast(
                                    ssl,
                                    new TlsGate(device, settings.pins(), pins, listener, ready));
                            stack.accept(pipeline);
                        });
        open(service.tls(), secured, ready, false);
        return ready;
    }

    private static ChannelHandler initializer(Consumer<ChannelPipeline> stack) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                stack.accept(channel.pipeline());
            }
        };
    }

    private void open(
            int port, ChannelHandler handler, CompletableFuture<Channel> ready, boolean atOnce) {
        ChannelFuture connecting = ports.connect(port, handler);
        ready.whenComplete(
                (channel, failure) -> {
                    if (failure != null) {
                        connecting.cancel(false);
                        connecting.channel().close();
                    }
                });
        connecting.addListener(
                future -> {
                    if (!future.isSuccess()) {
                        ready.completeExceptionally(
                                new AmtException(
                                        new AmtFailure.Unreachable(port, reach(future.cause()))));
                    } else if (atOnce && !ready.complete(connecting.channel())) {
                        connecting.channel().close();
                    }
                });
    }

    private static Reach reach(Throwable cause) {
        return switch (cause) {
            // Netty's timeout is a ConnectException too, so it comes first.
            case ConnectTimeoutException timeout -> Reach.NO_ANSWER;
            case TimeoutException timeout -> Reach.NO_ANSWER;
            case NoRouteToHostException gone -> Reach.NO_WAY;
            case ConnectException refused -> Reach.REFUSED;
            case ClosedChannelException gone -> Reach.NO_WAY;
            default -> Reach.FAILED;
        };
    }

    /** A connection that may take two tries; cancelling it ends the one that is under way. */
    private static final class Attempt {
        private final CompletableFuture<Channel> result = new CompletableFuture<>();

        void follow(CompletableFuture<Channel> trial, Consumer<Throwable> otherwise) {
            result.whenComplete(
                    (channel, failure) -> {
                        if (failure != null) {
                            trial.completeExceptionally(failure);
                        }
                    });
            trial.whenComplete(
                    (channel, failure) -> {
                        if (failure != null) {
                            otherwise.accept(failure);
                        } else if (!result.complete(channel)) {
                            channel.close();
                        }
                    });
        }

        void fail(Throwable failure) {
            result.completeExceptionally(failure);
        }
    }
}
