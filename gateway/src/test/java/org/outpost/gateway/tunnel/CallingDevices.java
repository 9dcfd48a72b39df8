package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;

import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.session.DeviceSession;
import org.outpost.apf.session.DeviceSessionSettings;
import org.outpost.gateway.transport.Transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Devices that call a {@link TunnelServer} over plain TCP, with the device's role of APF. */
public final class CallingDevices implements AutoCloseable {
    private final Transport transport;
    private final List<Integer> ports;
    private final ChannelAcceptor acceptor;
    private final List<Channel> connections = new CopyOnWriteArrayList<>();

    /**
     * Makes devices that call in later.
     *
     * @param ports which they announce
     * @param acceptor what is behind their ports
     */
    public CallingDevices(Transport transport, List<Integer> ports, ChannelAcceptor acceptor) {
        this.transport = transport;
        this.ports = List.copyOf(ports);
        this.acceptor = acceptor;
    }

    /** Windows as the server's and the devices' ends both may use them. */
    public static WindowSettings windows() {
        return new WindowSettings(WindowSettings.USUAL, 1 << 20, new WindowBudget(1L << 28));
    }

    /** Connects one; {@link DeviceSession#running} tells how its sign-in goes. */
    public DeviceSession call(
            InetSocketAddress server, UUID id, String user, String password, String name)
            throws Exception {
        CompletableFuture<DeviceSession> session = new CompletableFuture<>();
        DeviceSessionSettings settings =
                new DeviceSessionSettings(
                        new ProtocolVersion(1, 0, 4, id),
                        user,
                        password,
                        name,
                        ports,
                        Duration.ofSeconds(30));
        ChannelFuture connected =
                transport
                        .client()
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        session.complete(session(channel, settings));
                                    }
                                })
                        .connect(server)
                        .sync();
        connections.add(connected.channel());
        return session.get(10, TimeUnit.SECONDS);
    }

    private DeviceSession session(Channel channel, DeviceSessionSettings settings) {
        return new DeviceSession(
                channel,
                ApfLimits.DEFAULT,
                settings,
                MultiplexerSettings.device(windows()),
                acceptor,
                MultiplexerListener.NONE);
    }

    /** Their connections, in the order they called. */
    public List<Channel> connections() {
        return connections;
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        connections.forEach(connection -> connection.close().awaitUninterruptibly());
    }
}
