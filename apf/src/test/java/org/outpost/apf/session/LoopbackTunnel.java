package org.outpost.apf.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.support.RecordingPolicy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A server session and a device session, joined by loopback TCP, each on a loop of its own. */
final class LoopbackTunnel implements AutoCloseable {
    static final UUID ID = UUID.fromString("4c4c4544-0048-3310-8039-c8c04f335231");

    final WindowBudget budget = new WindowBudget(256 << 20);
    final RecordingPolicy policy = new RecordingPolicy();
    final ServerSession server;
    final DeviceSession device;
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel listener;
    final Channel deviceTunnel;

    LoopbackTunnel(ChannelAcceptor deviceAcceptor, ChannelAcceptor serverAcceptor) {
        WindowSettings windows = new WindowSettings(WindowSettings.USUAL, 1 << 20, budget);
        CompletableFuture<ServerSession> accepted = new CompletableFuture<>();
        this.listener =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accepted.complete(
                                                new ServerSession(
                                                        channel,
                                                        ApfLimits.DEFAULT,
                                                        KeepAliveSettings.DEFAULT,
                                                        MultiplexerSettings.server(windows),
                                                        policy,
                                                        serverAcceptor,
                                                        MultiplexerListener.NONE));
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel();
        CompletableFuture<DeviceSession> connected = new CompletableFuture<>();
        this.deviceTunnel =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        connected.complete(
                                                new DeviceSession(
                                                        channel,
                                                        ApfLimits.DEFAULT,
                                                        settings(),
                                                        MultiplexerSettings.device(windows),
                                                        deviceAcceptor,
                                                        MultiplexerListener.NONE));
                                    }
                                })
                        .connect(listener.localAddress())
                        .syncUninterruptibly()
                        .channel();
        this.device = connected.join();
        this.server = accepted.join();
    }

    static DeviceSessionSettings settings() {
        return new DeviceSessionSettings(
                new ProtocolVersion(1, 0, 4, ID),
                RecordingPolicy.USER,
                RecordingPolicy.PASSWORD,
                "pc-1",
                List.of(16992, 16993, 623, 16994),
                Duration.ofSeconds(30));
    }

    static ApfAddress port(int port) {
        return new ApfAddress(ApfConstants.FORWARDED_TCPIP, "", port, "127.0.0.1", 1024);
    }

    @Override
    public void close() {
        deviceTunnel.close().syncUninterruptibly();
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
