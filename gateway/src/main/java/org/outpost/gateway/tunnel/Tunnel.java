package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.session.ServerSession;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.traffic.ByteCount;
import org.outpost.gateway.traffic.TrafficMeter;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** An authenticated tunnel: one connection of one device, and the route through it. */
final class Tunnel implements Route, ByteCount {
    /** Firmware looks at the port alone (apf.md section 2.9); the originator is a formality. */
    private static final String ORIGINATOR = "127.0.0.1";

    private static final int ORIGINATOR_PORT = 16992;

    private final long id;
    private final DeviceKey device;
    private final String principal;
    private final Channel channel;
    private final InetSocketAddress address;
    private final Instant since = Instant.now();
    private final TlsSummary tls;
    private final ServerSession session;
    private final ForwardedPorts ports;
    private final AtomicReference<@Nullable DisconnectCause> cause = new AtomicReference<>();
    private final long trigger;
    private final TrafficMeter meter;
    private volatile String name = "";
    private volatile Announced announced = Announced.NOTHING;

    Tunnel(
            long id,
            DeviceKey device,
            String principal,
            Channel channel,
            InetSocketAddress address,
            TlsSummary tls,
            ServerSession session,
            ForwardedPorts ports,
            long trigger) {
        this.id = id;
        this.device = device;
        this.principal = principal;
        this.channel = channel;
        this.address = address;
        this.tls = tls;
        this.session = session;
        this.ports = ports;
        this.trigger = trigger;
        this.meter = new TrafficMeter(this, System.nanoTime());
    }

    long id() {
        return id;
    }

    DeviceKey device() {
        return device;
    }

    String principal() {
        return principal;
    }

    InetSocketAddress address() {
        return address;
    }

    Channel channel() {
        return channel;
    }

    String name() {
        return name;
    }

    void setName(String announced) {
        name = announced;
    }

    /** Who it is, for those who hear of devices that come and go. */
    ConnectedDevice connectedDevice() {
        return new ConnectedDevice(id, device, principal, address, since, trigger);
    }

    /** What it has announced so far; readable on any thread. */
    Announced announced() {
        Announced known = announced;
        return new Announced(name, known.names(), known.addresses(), ports.list());
    }

    void setAnnounced(Announced all) {
        announced = all;
    }

    int openChannels() {
        return session.multiplexer().traffic().openChannels();
    }

    @Override
    public long fromDevice() {
        return session.multiplexer().traffic().bytesReceived();
    }

    @Override
    public long toDevice() {
        return session.multiplexer().traffic().bytesSent();
    }

    /** Tells how much flows now. */
    TrafficMeter meter() {
        return meter;
    }

    @Override
    public OptionalLong tunnel() {
        return OptionalLong.of(id);
    }

    /** Why the tunnel ends: the first cause given stands. */
    void endsBecause(DisconnectCause reason) {
        cause.compareAndSet(null, reason);
    }

    @Nullable DisconnectCause cause() {
        return cause.get();
    }

    /** The cause given; without one, the connection was lost. */
    DisconnectCause causeOfEnd() {
        DisconnectCause given = cause.get();
        return given == null ? DisconnectCause.CONNECTION_LOST : given;
    }

    /** Ends the tunnel. From any thread. */
    void disconnect(DisconnectCause because, DisconnectReason reason) {
        endsBecause(because);
        session.disconnect(reason);
    }

    @Override
    public ChannelFuture connect(int port, ChannelHandler handler) {
        ApfAddress target =
                new ApfAddress(ApfConstants.FORWARDED_TCPIP, "", port, ORIGINATOR, ORIGINATOR_PORT);
        ChannelFuture registered = session.multiplexer().register(handler);
        var connected = registered.channel().newPromise();
        registered.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        connected.tryFailure(done.cause());
                        return;
                    }
                    ports.await(port)
                            .addListener(
                                    forwarded -> {
                                        if (forwarded.isSuccess()) {
                                            registered.channel().connect(target, connected);
                                        } else {
                                            // Whoever hears of it finds the channel closed.
                                            registered.channel().close();
                                            connected.tryFailure(forwarded.cause());
                                        }
                                    });
                });
        return connected;
    }

    TunnelInfo info() {
        return new TunnelInfo(
                id,
                device,
                name,
                principal,
                address,
                since,
                tls.protocol(),
                tls.cipher(),
                ports.list(),
                openChannels(),
                fromDevice(),
                toDevice(),
                meter.rates(System.nanoTime()),
                Duration.ofSeconds(session.keepAliveSeconds()));
    }
}
