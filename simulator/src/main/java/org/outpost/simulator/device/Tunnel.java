package org.outpost.simulator.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.TunnelTraffic;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.session.DeviceSession;
import org.outpost.apf.session.DeviceSessionSettings;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.impairment.Ending;
import org.outpost.simulator.impairment.EndingHandler;
import org.outpost.simulator.impairment.LinkHandler;
import org.outpost.simulator.impairment.LinkQuality;
import org.outpost.simulator.impairment.Mood;

import java.util.Optional;
import java.util.UUID;

/** One connection of a device to its server: from the socket up, mood, TLS, APF. */
final class Tunnel extends ChannelInitializer<Channel> {
    /** The device that the tunnel belongs to. */
    interface Owner {
        /** All ports are announced. */
        void connected(Tunnel tunnel);

        /** It is over, or there never was a connection. Called once. */
        void ended(Tunnel tunnel, TunnelEnd end, String detail);
    }

    private final DeviceProfile profile;
    private final Mood mood;
    private final TunnelSettings settings;
    private final Optional<TunnelTls> tls;
    private final ChannelAcceptor ports;
    private final TunnelWatcher watcher;
    private final Owner owner;
    private final long seed;
    private @Nullable Channel channel;
    private @Nullable DeviceSession session;

    /**
     * A tunnel that is not connected yet; to be given to a bootstrap.
     *
     * @param tls empty for a server without TLS
     * @param seed makes the mood's chances repeatable
     */
    Tunnel(
            DeviceProfile profile,
            Mood mood,
            TunnelSettings settings,
            Optional<TunnelTls> tls,
            ChannelAcceptor ports,
            Owner owner,
            long seed) {
        this.profile = profile;
        this.mood = mood;
        this.settings = settings;
        this.tls = tls;
        this.ports = ports;
        this.owner = owner;
        this.watcher = new TunnelWatcher((end, detail) -> owner.ended(this, end, detail));
        this.seed = seed;
    }

    @Override
    protected void initChannel(Channel socket) {
        channel = socket;
        ChannelPipeline pipeline = socket.pipeline();
        if (mood.ending().kind() != Ending.Kind.NONE) {
            pipeline.addLast("ending", new EndingHandler(mood.ending(), seed));
        }
        if (!mood.link().equals(LinkQuality.PERFECT)) {
            pipeline.addLast("link", new LinkHandler(mood.link(), seed));
        }
        tls.ifPresent(
                contexts ->
                        pipeline.addLast("tls", contexts.newHandler(mood.tls(), socket.alloc())));
        DeviceSession made =
                new DeviceSession(
                        socket,
                        ApfLimits.DEFAULT,
                        sessionSettings(),
                        settings.multiplexer(),
                        ports,
                        MultiplexerListener.NONE);
        session = made;
        pipeline.addBefore("apf-session", "watcher", watcher);
        if (settings.oddAdjusts()) {
            pipeline.addBefore("apf-multiplexer", "odd-adjusts", new OddWindowAdjustHandler());
        }
        made.running()
                .addListener(
                        future -> {
                            if (future.isSuccess()) {
                                owner.connected(this);
                            }
                        });
    }

    private DeviceSessionSettings sessionSettings() {
        UUID uuid = profile.uuid();
        return new DeviceSessionSettings(
                new ProtocolVersion(1, 0, profile.trigger().code(), uuid),
                settings.credentials().user(),
                settings.credentials().password(),
                profile.fqdn(),
                profile.ports(),
                profile.keepAlive());
    }

    /** Bytes of its channels; only after it was connected. */
    Optional<TunnelTraffic> traffic() {
        return Optional.ofNullable(session).map(made -> made.multiplexer().traffic());
    }

    /** There was no TCP connection. */
    void connectFailed(Throwable cause) {
        watcher.note(TunnelEnd.CONNECT_FAILED, TunnelWatcher.text(cause));
        watcher.tell();
    }

    /** Says DISCONNECT and closes, at any time. */
    void leave() {
        watcher.note(TunnelEnd.OWN, "left");
        Channel socket = channel;
        DeviceSession running = session;
        if (running != null && socket != null && socket.isActive()) {
            running.disconnect(DisconnectReason.BY_APPLICATION);
        } else if (socket != null) {
            socket.close();
        }
    }

    /** Resets the connection. */
    void cut() {
        watcher.note(TunnelEnd.OWN, "cut");
        Channel socket = channel;
        if (socket != null && socket.isRegistered()) {
            EndingHandler.reset(socket.pipeline().firstContext());
        }
    }
}
