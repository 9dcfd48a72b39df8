package org.outpost.simulator.fleet;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.TimeUnit;

/** The event loops that all devices share: epoll where there is one, NIO elsewhere. */
final class EventLoops implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final EventLoopGroup group;
    private final ChannelFactory<? extends Channel> sockets;
    private final ChannelFactory<? extends ServerChannel> serverSockets;

    EventLoops(int threads) {
        IoHandlerFactory handlers;
        if (Epoll.isAvailable()) {
            handlers = EpollIoHandler.newFactory();
            sockets = EpollSocketChannel::new;
            serverSockets = EpollServerSocketChannel::new;
        } else {
            handlers = NioIoHandler.newFactory();
            sockets = NioSocketChannel::new;
            serverSockets = NioServerSocketChannel::new;
        }
        group =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("devices", true), handlers);
    }

    EventLoop next() {
        return group.next();
    }

    ChannelFactory<? extends Channel> sockets() {
        return sockets;
    }

    ChannelFactory<? extends ServerChannel> serverSockets() {
        return serverSockets;
    }

    /** Closes what is still open and ends the threads. */
    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
