package org.outpost.gateway.tunnel;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;

import org.outpost.apf.message.DisconnectReason;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.FailureDelays;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.devicetraffic.DeviceTraffic;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.traffic.Sampled;
import org.outpost.gateway.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The door for devices: listens, lets devices in, knows who is there, and sends them away in good
 * order at the end.
 */
public final class TunnelServer {
    private static final Logger log = LoggerFactory.getLogger(TunnelServer.class);

    /** Short, so that turns among channels are fair: what is in the socket has had its turn. */
    private static final long NOT_SENT_LOW_WATER = 64 * 1024;

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final Transport transport;
    private final TunnelContext context;
    private final Directory directory;
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean draining;

    /**
     * Makes the server; {@link #listen} opens it.
     *
     * @param authentication asked for each login
     * @param register the known devices
     * @param addresses how often one address may connect
     * @param handshakes how many connections may be in their handshake
     * @param attempts hears how each connection fares
     * @param traffic takes what devices open towards us
     * @param presence hears who comes and goes
     */
    public TunnelServer(
            Transport transport,
            TunnelSettings settings,
            AuthenticationService authentication,
            DeviceRegister register,
            AddressLimits addresses,
            HandshakeSlots handshakes,
            AttemptListener attempts,
            DeviceTraffic traffic,
            PresenceFeed presence,
            MeterRegistry meters) {
        this.transport = transport;
        TunnelRegistry registry = new TunnelRegistry(presence.listener());
        this.context =
                new TunnelContext(
                        settings,
                        authentication,
                        register,
                        registry,
                        new Swaps(),
                        new FailureDelays(),
                        addresses,
                        handshakes,
                        traffic,
                        new TunnelMetrics(meters, registry, handshakes),
                        new OnceAMinute(),
                        attempts,
                        presence);
        this.directory = new TunnelDirectory(registry, register);
    }

    /** Makes a server that refuses whatever devices open towards it, and tells nobody of them. */
    public TunnelServer(
            Transport transport,
            TunnelSettings settings,
            AuthenticationService authentication,
            DeviceRegister register,
            AddressLimits addresses,
            HandshakeSlots handshakes,
            AttemptListener attempts,
            MeterRegistry meters) {
        this(
                transport,
                settings,
                authentication,
                register,
                addresses,
                handshakes,
                attempts,
                DeviceTraffic.NONE,
                PresenceFeed.NONE,
                meters);
    }

    /** Who is connected. */
    public Presence presence() {
        return context.registry();
    }

    /** What flows through the tunnels, for {@link org.outpost.gateway.traffic.TrafficSampler}. */
    public Sampled traffic() {
        return context.registry();
    }

    /** Finds devices for the doors. */
    public Directory directory() {
        return directory;
    }

    /** How many tunnels are open. */
    public int tunnels() {
        return context.registry().size();
    }

    /**
     * Opens a listener.
     *
     * @return the address it is bound to
     * @throws IOException when it cannot be bound
     */
    public InetSocketAddress listen(TunnelListenerSettings settings) throws IOException {
        ServerBootstrap bootstrap =
                transport
                        .listener()
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .childHandler(new TunnelInitializer(context, settings));
        if (transport.isEpoll()) {
            bootstrap
                    .childOption(
                            EpollChannelOption.TCP_USER_TIMEOUT,
                            (int) context.settings().tcpUserTimeout().toMillis())
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_LOW_WATER);
        }
        var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + settings.address() + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        listeners.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /**
     * Ends in good order: accepts nobody any more, sends DISCONNECT to idle tunnels first and at a
     * steady pace, lets tunnels with open channels finish, and ends those too at the deadline.
     *
     * @param deadline for the whole of it
     * @param perSecond how many tunnels to end in a second; 0 for all at once
     * @return completes when no tunnel is left
     */
    public CompletionStage<Void> drain(Duration deadline, int perSecond) {
        draining = true;
        for (Channel listener : listeners) {
            listener.close();
        }
        listeners.clear();
        log.atInfo().addKeyValue("tunnels", tunnels()).log("draining tunnels");
        CompletableFuture<Void> done = new CompletableFuture<>();
        Drain drain = new Drain(System.nanoTime() + deadline.toNanos(), perSecond, done);
        transport.loops().next().execute(drain);
        return done;
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return draining;
    }

    private final class Drain implements Runnable {
        private static final int TICK_MILLIS = 50;

        private final long endNanos;
        private final int perTick;
        private final CompletableFuture<Void> done;
        private final long cutNanos;

        Drain(long endNanos, int perSecond, CompletableFuture<Void> done) {
            this.endNanos = endNanos;
            this.cutNanos = endNanos + TimeUnit.SECONDS.toNanos(5);
            this.perTick =
                    perSecond == 0
                            ? Integer.MAX_VALUE
                            : Math.max(1, perSecond * TICK_MILLIS / 1000);
            this.done = done;
        }

        @Override
        public void run() {
            List<Tunnel> open = new ArrayList<>(context.registry().all());
            long now = System.nanoTime();
            if (open.isEmpty()) {
                done.complete(null);
                return;
            }
            boolean late = now >= endNanos;
            if (now >= cutNanos) {
                open.forEach(tunnel -> tunnel.channel().close());
                done.complete(null);
                return;
            }
            open.stream()
                    .filter(tunnel -> tunnel.cause() == null)
                    .filter(tunnel -> late || tunnel.openChannels() == 0)
                    .sorted(Comparator.comparingLong(Tunnel::id))
                    .limit(late ? Integer.MAX_VALUE : perTick)
                    .forEach(
                            tunnel ->
                                    tunnel.disconnect(
                                            DisconnectCause.SHUTDOWN,
                                            DisconnectReason.BY_APPLICATION));
            transport.loops().next().schedule(this, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
