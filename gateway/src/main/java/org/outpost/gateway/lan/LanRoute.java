package org.outpost.gateway.lan;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;

import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.transport.Transport;

import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;

/** The way to one address of the local network: plain TCP, to device ports only. */
final class LanRoute implements Route {
    private final Transport transport;
    private final EgressPolicy policy;
    private final InetAddress address;
    private final Duration connect;

    LanRoute(Transport transport, EgressPolicy policy, InetAddress address, Duration connect) {
        this.transport = transport;
        this.policy = policy;
        this.address = address;
        this.connect = connect;
    }

    @Override
    public ChannelFuture connect(int port, ChannelHandler handler) {
        ChannelFuture registered =
                transport
                        .halfClosingClient()
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(connect.toMillis()))
                        .handler(handler)
                        .register();
        ChannelPromise connected = registered.channel().newPromise();
        registered.addListener(
                done -> {
                    if (done.isSuccess()) {
                        decide(registered, port, connected);
                    } else {
                        connected.tryFailure(done.cause());
                    }
                });
        return connected;
    }

    /** Asked again with the port: it may be one of our own doors. */
    private void decide(ChannelFuture registered, int port, ChannelPromise connected) {
        policy.decide(address.getHostAddress(), port)
                .thenAccept(
                        decision -> {
                            switch (decision) {
                                case Decision.Allowed allowed ->
                                        registered.channel().connect(allowed.address(), connected);
                                case Decision.Refused refused -> {
                                    // Whoever hears of it finds the channel closed.
                                    registered.channel().close();
                                    connected.tryFailure(new ConnectException(refused.reason()));
                                }
                            }
                        });
    }
}
