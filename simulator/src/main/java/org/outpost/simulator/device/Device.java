package org.outpost.simulator.device;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.outpost.simulator.firmware.RemoteTunnel;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.impairment.Mood;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The life of one device: it calls in, serves what the server opens, and calls in again when the
 * tunnel is gone. All of it happens on one event loop; the public methods may be called from any
 * thread.
 */
public final class Device {
    /** Where the device stands. */
    private sealed interface State {
        /** Before the first call. */
        record Idle() implements State {}

        /** Until the next call. */
        record Pausing(Future<?> timer) implements State {}

        /** Connecting, signing in, announcing ports. */
        record Calling(Tunnel tunnel) implements State {}

        /** All ports are announced. */
        record Connected(Tunnel tunnel) implements State {}

        /** Never to call again. */
        record Gone() implements State {}
    }

    private final DeviceProfile profile;
    private final Mood mood;
    private final TunnelSettings settings;
    private final Optional<TunnelTls> tls;
    private final DevicePorts ports;
    private final DeviceObserver observer;
    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> sockets;
    private final SplittableRandom random;
    private final Promise<Void> gone;
    private final Tunnel.Owner owner = new Life();
    private State state = new State.Idle();
    private int failedTries;
    private boolean returnAtOnce;
    private boolean leaving;

    /**
     * A device that does nothing before {@link #start()}.
     *
     * @param tls empty for a server without TLS
     * @param loop where its life takes place
     * @param sockets makes sockets for that loop
     */
    public Device(
            DeviceProfile profile,
            Mood mood,
            TunnelSettings settings,
            Optional<TunnelTls> tls,
            DeviceServices services,
            DeviceObserver observer,
            EventLoop loop,
            ChannelFactory<? extends Channel> sockets) {
        this.profile = profile;
        this.mood = mood;
        this.settings = settings;
        this.tls = tls;
        this.ports = new DevicePorts(profile, services, loop, new OwnTunnel(), this::leave);
        this.observer = observer;
        this.loop = loop;
        this.sockets = sockets;
        this.random = new SplittableRandom(profile.uuid().getMostSignificantBits());
        this.gone = loop.newPromise();
    }

    /** Who it is. */
    public DeviceProfile profile() {
        return profile;
    }

    /**
     * Lets consoles reach it without a tunnel.
     *
     * @param address an address of its own
     * @return its ports, which close with their event loop
     */
    public List<LanPort> listen(
            InetAddress address, ChannelFactory<? extends ServerChannel> serverSockets) {
        return new LanPorts(profile, ports, loop).listen(address, serverSockets);
    }

    /** Calls in for the first time. */
    public void start() {
        loop.execute(
                () -> {
                    if (state instanceof State.Idle) {
                        call();
                    }
                });
    }

    private void call() {
        Tunnel tunnel = new Tunnel(profile, mood, settings, tls, ports, owner, random.nextLong());
        state = new State.Calling(tunnel);
        observer.connecting(profile);
        new Bootstrap()
                .group(loop)
                .channelFactory(sockets)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) settings.connectTimeout().toMillis())
                .handler(tunnel)
                .connect(settings.server())
                .addListener((ChannelFuture connect) -> connectDone(tunnel, connect));
    }

    private void connectDone(Tunnel tunnel, ChannelFuture connect) {
        if (connect.isSuccess()) {
            tunnel.traffic().ifPresent(observer::opened);
        } else {
            tunnel.connectFailed(connect.cause());
        }
    }

    private final class Life implements Tunnel.Owner {
        @Override
        public void connected(Tunnel tunnel) {
            state = new State.Connected(tunnel);
            failedTries = 0;
            observer.connected(profile);
        }

        @Override
        public void ended(Tunnel tunnel, TunnelEnd end, String detail) {
            tunnel.traffic().ifPresent(observer::closed);
            boolean wasConnected = state instanceof State.Connected;
            if (!wasConnected) {
                failedTries++;
            }
            observer.ended(profile, wasConnected, end, detail);
            if (leaving) {
                depart();
            } else if (returnAtOnce) {
                returnAtOnce = false;
                call();
            } else {
                pause();
            }
        }
    }

    /** The firmware looks at its tunnel, and ends it, on the device's loop. */
    private final class OwnTunnel implements RemoteTunnel {
        @Override
        public boolean isConnected() {
            return state instanceof State.Connected;
        }

        @Override
        public void close() {
            if (state instanceof State.Connected(Tunnel tunnel)) {
                tunnel.leave();
            }
        }
    }

    private void pause() {
        long nanos = settings.reconnect().pause(failedTries, random.nextDouble()).toNanos();
        state = new State.Pausing(loop.schedule(this::call, nanos, TimeUnit.NANOSECONDS));
    }

    /**
     * Ends the tunnel if there is one and calls in again at once.
     *
     * @param abruptly with a reset instead of a DISCONNECT
     */
    public void bounce(boolean abruptly) {
        loop.execute(
                () -> {
                    if (state instanceof State.Connected connected && !leaving) {
                        returnAtOnce = true;
                        end(connected.tunnel(), abruptly);
                    }
                });
    }

    private static void end(Tunnel tunnel, boolean abruptly) {
        if (abruptly) {
            tunnel.cut();
        } else {
            tunnel.leave();
        }
    }

    /** Says DISCONNECT and never calls again; done when its connection is closed. */
    public Future<Void> leave() {
        loop.execute(
                () -> {
                    leaving = true;
                    switch (state) {
                        case State.Idle() -> depart();
                        case State.Pausing(Future<?> timer) -> {
                            timer.cancel(false);
                            depart();
                        }
                        case State.Calling(Tunnel tunnel) -> tunnel.leave();
                        case State.Connected(Tunnel tunnel) -> tunnel.leave();
                        case State.Gone() -> {}
                    }
                });
        return gone;
    }

    private void depart() {
        state = new State.Gone();
        gone.trySuccess(null);
    }
}
