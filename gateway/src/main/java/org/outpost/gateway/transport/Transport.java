package org.outpost.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The process's event loops, and sockets that fit them. */
public final class Transport implements AutoCloseable {
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup acceptors;
    private final EventLoopGroup loops;
    private final EventLoopGroup halfClosing;

    /**
     * Starts the event loops.
     *
     * @param threads how many loops carry connections; 0 for twice the number of processors
     */
    public Transport(int threads) {
        this.acceptors = group("outpost-accept", 1);
        this.loops = group("outpost-io", threads);
        this.halfClosing =
                new MultiThreadIoEventLoopGroup(
                        threads,
                        new DefaultThreadFactory("outpost-console"),
                        NioIoHandler.newFactory());
    }

    private EventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory(name),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** The loops that carry connections. */
    public EventLoopGroup loops() {
        return loops;
    }

    /** Whether sockets are epoll's, with its options at hand. */
    public boolean isEpoll() {
        return epoll;
    }

    /** A bootstrap for a listener; the caller adds handlers and binds. */
    public ServerBootstrap listener() {
        Class<? extends ServerChannel> type =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap()
                .group(acceptors, loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * A bootstrap for a listener whose connections may be half-closed; on NIO always. With Netty
     * 4.2.18 an epoll channel whose peer has sent its FIN falls out of the epoll set when it has
     * nothing left to wait for, and cannot be put back (EpollIoHandler's registration stays
     * "added", and epoll_ctl fails): an answer that does not fit the socket's buffer at once would
     * be lost.
     */
    public ServerBootstrap halfClosingListener() {
        return new ServerBootstrap()
                .group(halfClosing, halfClosing)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
    }

    /** A bootstrap for an outgoing connection. */
    public Bootstrap client() {
        Class<? extends SocketChannel> type =
                epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        return new Bootstrap().group(loops).channel(type).option(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * A bootstrap for an outgoing connection that may be half-closed; on NIO always, as {@link
     * #halfClosingListener()} is.
     */
    public Bootstrap halfClosingClient() {
        return new Bootstrap()
                .group(halfClosing)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /** A bootstrap for a socket that sends datagrams. */
    public Bootstrap datagrams() {
        Class<? extends DatagramChannel> type =
                epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
        return new Bootstrap().group(loops).channel(type);
    }

    /**
     * Asks every event loop for a sign of life.
     *
     * @return completes when all have answered, so never while one of them hangs; exceptionally
     *     when they are stopping
     */
    public CompletionStage<Void> beat() {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (EventLoopGroup group : List.of(acceptors, loops, halfClosing)) {
            for (EventExecutor loop : group) {
                answers.add(CompletableFuture.runAsync(() -> {}, loop));
            }
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Stops the loops; connections still open are cut. Waits at most three seconds. */
    @Override
    public void close() {
        acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        halfClosing.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
