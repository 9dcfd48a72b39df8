package org.outpost.simulator.redirection;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;

import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.redirection.ider.DriveExercise;
import org.outpost.simulator.stream.StreamHandler;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A device behind a local channel, and the server's client for it; each on a loop of its own. */
final class RedirectionRig implements AutoCloseable {
    static final RedirectionCredentials ADMIN = new RedirectionCredentials("admin", "P@ssw0rd");

    private final EventLoopGroup deviceLoops =
            new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final EventLoopGroup consoleLoops =
            new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final LocalAddress address = new LocalAddress(RedirectionRig.class);
    private final EventLoop deviceLoop = deviceLoops.next();
    private final SimulatedHost host;
    private final DeviceRedirection redirection;

    RedirectionRig() {
        this(ConsentPolicy.NONE, DriveExercise.NONE);
    }

    RedirectionRig(ConsentPolicy policy, DriveExercise exercise) {
        host = new SimulatedHost(deviceLoop, policy);
        redirection = onDevice(() -> new DeviceRedirection(host, InstantSource.system(), exercise));
        new ServerBootstrap()
                .group(deviceLoops)
                .channel(LocalServerChannel.class)
                .childHandler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {

                                channel.pipeline()
                                        .addLast(
                                                new PortDispatcher(
                                                        redirection::connection,
                                                        StreamHandler::new));
                            }
                        })
                .bind(address)
                .syncUninterruptibly();
    }

    SimulatedHost host() {
        return host;
    }

    DeviceRedirection redirection() {
        return redirection;
    }

    EventLoop deviceLoop() {
        return deviceLoop;
    }

    EventLoopGroup consoleLoops() {
        return consoleLoops;
    }

    /** Runs something on the device's loop, where its life takes place. */
    <T> T onDevice(Callable<T> task) {
        try {
            return deviceLoop.submit(task).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Connects as a tunnel's route does. */
    ChannelFuture connect(int port, ChannelHandler handler) {
        return new Bootstrap()
                .group(consoleLoops)
                .channel(LocalChannel.class)
                .handler(handler)
                .connect(address);
    }

    private CompletableFuture<Channel> connect(Consumer<ChannelPipeline> stack) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        ChannelFuture connecting =
                connect(
                        16994,
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                stack.accept(channel.pipeline());
                            }
                        });
        connecting.addListener(
                done -> {
                    if (done.isSuccess()) {
                        connected.complete(connecting.channel());
                    } else {
                        connected.completeExceptionally(done.cause());
                    }
                });
        return connected;
    }

    RedirectionClient client() {
        return new RedirectionClient(
                this::connect, RedirectionSettings.DEFAULT, ConsentCheck.UNKNOWN);
    }

    CompletableFuture<RedirectionChannel> open(RedirectionKind kind) {
        return client().open(kind, ADMIN);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        consoleLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        deviceLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
