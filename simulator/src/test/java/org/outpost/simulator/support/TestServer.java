package org.outpost.simulator.support;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelWindowAdjust;
import org.outpost.apf.session.KeepAliveSettings;
import org.outpost.apf.session.ServerSession;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A Management Presence Server reduced to apf's server role. */
public final class TestServer implements AutoCloseable {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<TestTunnel> tunnels = new ConcurrentLinkedQueue<>();
    private final Queue<Long> adjusts = new ConcurrentLinkedQueue<>();
    private final String user;
    private final String password;
    private final Channel listener;

    public TestServer(String user, String password, Optional<SslContext> tls) {
        this.user = user;
        this.password = password;
        listener =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        tls.ifPresent(
                                                context ->
                                                        channel.pipeline()
                                                                .addLast(
                                                                        context.newHandler(
                                                                                channel.alloc())));
                                        open(channel);
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel();
    }

    private void open(Channel channel) {
        TestTunnel tunnel = new TestTunnel(channel, user, password);
        tunnels.add(tunnel);
        ServerSession session =
                new ServerSession(
                        channel,
                        ApfLimits.DEFAULT,
                        KeepAliveSettings.DEFAULT,
                        // more channels than firmware has, and no second try: its limit is to show
                        new MultiplexerSettings(
                                64,
                                256,
                                false,
                                new WindowSettings(
                                        80 * 1024, 80 * 1024, new WindowBudget(1L << 32)),
                                32 * 1024,
                                0,
                                java.time.Duration.ofMillis(250),
                                java.time.Duration.ofSeconds(30)),
                        tunnel,
                        ChannelAcceptor.NONE,
                        MultiplexerListener.NONE);
        tunnel.session(session);
        channel.pipeline()
                .addBefore(
                        "apf-session",
                        "spy",
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                if (message instanceof ChannelWindowAdjust adjust) {
                                    adjusts.add(adjust.bytesToAdd());
                                }
                                context.fireChannelRead(message);
                            }
                        });
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** All tunnels there ever were. */
    public List<TestTunnel> tunnels() {
        return List.copyOf(tunnels);
    }

    /** Tunnels that have announced all these ports and are open. */
    public List<TestTunnel> open(UUID device) {
        return tunnels.stream()
                .filter(tunnel -> tunnel.isOpen() && device.equals(tunnel.device()))
                .toList();
    }

    /** Amounts of all WINDOW_ADJUST messages so far. */
    public List<Long> adjusts() {
        return List.copyOf(adjusts);
    }

    /** Opens a channel to a device's port. */
    public static ChannelFuture connect(TestTunnel tunnel, int port, ChannelHandler handler) {
        return tunnel.session()
                .multiplexer()
                .connect(
                        new ApfAddress(ApfConstants.FORWARDED_TCPIP, "", port, "127.0.0.1", 1024),
                        handler);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
