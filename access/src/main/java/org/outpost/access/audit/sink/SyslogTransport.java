package org.outpost.access.audit.sink;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One channel to a syslog target on an event loop of its own, on which all but {@link #execute},
 * {@link #schedule} and {@link #close} must be called and all answers come.
 */
final class SyslogTransport {
    private static final Logger log = LoggerFactory.getLogger(SyslogTransport.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final SyslogTarget target;
    private final Runnable lost;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private volatile @Nullable Channel channel;
    private boolean opening;

    /**
     * Prepares.
     *
     * @param lost hears that an open channel was closed by the other side
     */
    SyslogTransport(SyslogTarget target, Runnable lost) {
        this.target = target;
        this.lost = lost;
        boolean unix = target instanceof SyslogTarget.Unix;
        if (unix && !Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "syslog over a Unix socket needs Netty's native transport, which cannot be"
                            + " loaded on this system: use UDP or TCP");
        }
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("outpost-audit-syslog", true),
                        unix ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.loop = group.next();
    }

    /** What the other side says is of no interest. */
    @Sharable
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A datagram that nobody took comes back as one; a connection that broke is closed.
            log.atDebug().setCause(cause).log("syslog");
        }
    }

    void execute(Runnable work) {
        schedule(work, 0);
    }

    void schedule(Runnable work, long millis) {
        try {
            if (millis == 0) {
                loop.execute(work);
            } else {
                loop.schedule(work, millis, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.atDebug().log("syslog is closed");
        }
    }

    boolean isOpen() {
        return opening || channel != null;
    }

    /** May be asked on any thread. */
    boolean isConnected() {
        return channel != null;
    }

    boolean isWritable() {
        Channel open = channel;
        return open != null && open.isWritable();
    }

    /** Connects; the name is resolved anew each time. */
    void open(Consumer<@Nullable Throwable> done) {
        opening = true;
        connect()
                .addListener(
                        (ChannelFuture connected) -> {
                            opening = false;
                            if (!connected.isSuccess()) {
                                done.accept(connected.cause());
                                return;
                            }
                            Channel open = connected.channel();
                            channel = open;
                            open.closeFuture()
                                    .addListener(
                                            _ -> {
                                                if (open.equals(channel)) {
                                                    channel = null;
                                                    lost.run();
                                                }
                                            });
                            done.accept(null);
                        });
    }

    private ChannelFuture connect() {
        Bootstrap bootstrap = new Bootstrap().group(loop).handler(new Deaf());
        return switch (target) {
            case SyslogTarget.Udp udp ->
                    bootstrap.channel(NioDatagramChannel.class).connect(udp.host(), udp.port());
            case SyslogTarget.Tcp tcp ->
                    bootstrap
                            .channel(NioSocketChannel.class)
                            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                            .option(ChannelOption.SO_KEEPALIVE, true)
                            .connect(tcp.host(), tcp.port());
            case SyslogTarget.Unix _ -> register(bootstrap);
        };
    }

    /**
     * Not connected, since the daemon may make its socket anew; such a channel sends when told so.
     */
    @SuppressWarnings("deprecation")
    private static ChannelFuture register(Bootstrap bootstrap) {
        return bootstrap
                .channel(EpollDomainDatagramChannel.class)
                .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                .register();
    }

    /** Sends a message over the open channel. */
    void send(byte[] message, Consumer<@Nullable Throwable> done) {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        open.writeAndFlush(framed(message)).addListener(sent -> done.accept(sent.cause()));
    }

    private Object framed(byte[] message) {
        ByteBuf bytes = Unpooled.wrappedBuffer(message);
        return switch (target) {
            case SyslogTarget.Udp _ -> bytes;
            case SyslogTarget.Tcp _ ->
                    Unpooled.wrappedBuffer(
                            Unpooled.wrappedBuffer(
                                    (message.length + " ").getBytes(StandardCharsets.US_ASCII)),
                            bytes);
            case SyslogTarget.Unix unix ->
                    new DomainDatagramPacket(
                            bytes, new DomainSocketAddress(unix.socket().toFile()));
        };
    }

    /** Closes the channel, without telling. */
    void drop() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    void close() {
        execute(this::drop);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
