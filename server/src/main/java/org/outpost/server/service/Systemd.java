package org.outpost.server.service;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * systemd, told by datagrams on a Unix socket (sd_notify(3)). The JDK has no such sockets, Netty's
 * epoll transport has. Event loops of its own, so that a hung one of the data plane cannot keep the
 * message back.
 */
final class Systemd implements ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(Systemd.class);
    private static final long SENT_WITHIN_SECONDS = 2;

    private final Optional<Duration> watchdog;
    private final EventLoopGroup loops;
    private final Channel channel;
    private final DomainSocketAddress manager;
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * @param socket what {@code NOTIFY_SOCKET} says: a path, or an abstract name after {@code @}
     * @throws IllegalStateException when there are no such sockets here
     */
    Systemd(String socket, Optional<Duration> watchdog) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "Netty's native transport cannot be loaded on this system");
        }
        this.watchdog = watchdog;
        this.manager =
                new DomainSocketAddress(
                        socket.startsWith("@") ? '\0' + socket.substring(1) : socket);
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("outpost-service", true),
                        EpollIoHandler.newFactory());
        // Not connected: the manager may make its socket anew. Such a channel sends only when told
        // so.
        @SuppressWarnings("deprecation")
        ChannelFuture registered =
                new Bootstrap()
                        .group(loops)
                        .channel(EpollDomainDatagramChannel.class)
                        .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                        .handler(new ChannelInboundHandlerAdapter())
                        .register()
                        .awaitUninterruptibly();
        if (!registered.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IllegalStateException(
                    "no Unix socket: " + registered.cause().getMessage(), registered.cause());
        }
        this.channel = registered.channel();
    }

    /** What the environment asks for; a watchdog of another process is not ours. */
    static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        if (!micros.matches("[1-9][0-9]{0,15}")
                || !(whose.isEmpty() || whose.equals(Long.toString(pid)))) {
            return Optional.empty();
        }
        return Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    }

    @Override
    public void ready(String status) {
        tell("READY=1\nSTATUS=" + line(status));
    }

    @Override
    public void status(String status) {
        tell("STATUS=" + line(status));
    }

    @Override
    public void stopping() {
        tell("STOPPING=1\nSTATUS=open connections may finish");
    }

    @Override
    public void alive() {
        tell("WATCHDOG=1");
    }

    @Override
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private void tell(String message) {
        channel.writeAndFlush(
                        new DomainDatagramPacket(
                                Unpooled.copiedBuffer(message, StandardCharsets.UTF_8), manager))
                .addListener(
                        sent -> {
                            if (!sent.isSuccess() && !failed.getAndSet(true)) {
                                log.atWarn()
                                        .addKeyValue("reason", sent.cause())
                                        .log("systemd cannot be told how the service is");
                            }
                        });
    }

    /** What was told before is sent first. Blocks for at most some seconds. */
    @Override
    public void close() {
        channel.eventLoop()
                .submit(() -> channel.close())
                .awaitUninterruptibly(SENT_WITHIN_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
