package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.session.LoginResult;
import org.outpost.apf.session.ServerSession;
import org.outpost.apf.session.ServerSessionPolicy;
import org.outpost.gateway.certificate.CertificateGate;
import org.outpost.gateway.devicetraffic.DeviceSource;
import org.outpost.gateway.devicetraffic.DeviceTraffic;
import org.outpost.gateway.terminator.TerminatedTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection to the tunnel door, from its first byte to its last: decides what the session
 * asks, and gives the end its cause. Only the connection's loop uses it.
 */
final class TunnelConnection implements ServerSessionPolicy {
    private static final Logger log = LoggerFactory.getLogger(TunnelConnection.class);
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final UUID UNKNOWN = new UUID(0, 0);

    private final TunnelContext context;
    private final Channel channel;
    private final InetSocketAddress address;
    private final HandshakeTimer timer;
    private final AttemptTrail trail;
    private final DeviceSignIn signIn;
    private final Announcements announcements;
    private final @Nullable TerminatedTls terminated;
    private final DeviceTraffic.OfTunnel traffic;
    private TlsSummary tls = TlsSummary.NONE;
    private final Settling settling;
    private @Nullable ServerSession session;
    private @Nullable ProtocolVersion version;
    private @Nullable Tunnel tunnel;
    private @Nullable DisconnectCause cause;
    private @Nullable Runnable handshakeOver;

    /**
     * Makes a connection.
     *
     * @param address where the device connected from, before any load balancer
     * @param terminated its TLS, when that ended at a terminator; or null
     */
    TunnelConnection(
            TunnelContext context,
            Channel channel,
            InetSocketAddress address,
            @Nullable TerminatedTls terminated) {
        this.context = context;
        this.channel = channel;
        this.address = address;
        this.trail = new AttemptTrail(context.attempts(), address);
        this.terminated = terminated;
        this.traffic = context.traffic().of(channel, this::source);
        this.timer =
                new HandshakeTimer(
                        channel.eventLoop(), context.settings().deadlines(), this::expired);
        this.signIn =
                new DeviceSignIn(
                        context,
                        channel.eventLoop(),
                        address,
                        trail,
                        this::endsBecause,
                        this::releaseSlot);
        this.announcements =
                new Announcements(
                        context,
                        trail,
                        new ForwardedPorts(
                                channel.eventLoop(),
                                context.settings().portPatience(),
                                context.settings().maxPorts()));
        this.settling = new Settling(channel.eventLoop(), context.presence(), this::settled);
        channel.closeFuture().addListener(_ -> closed());
    }

    /** How far it came. */
    AttemptTrail trail() {
        return trail;
    }

    /** The handshake may begin. */
    void start(HandshakeStage first, Runnable over) {
        handshakeOver = over;
        timer.start(first);
    }

    /** Hears of the check of the device's certificate; the time it takes is ours. */
    CertificateGate.Watcher certificateWatcher() {
        return new CertificateClock(timer, trail, this::endsBecause);
    }

    /** TLS is agreed on, or was never wanted: APF begins. */
    void secured(TlsSummary summary) {
        context.metrics().tls(summary);
        tls = terminated == null ? summary : TlsSummary.of(terminated);
        trail.secured(tls);
        session =
                new ServerSession(
                        channel,
                        context.settings().apf(),
                        context.settings().keepAlive(),
                        context.settings().multiplexer(),
                        this,
                        traffic,
                        new ChannelEvents(context, address, this::announced));
        timer.enter(HandshakeStage.VERSION);
    }

    /** Ends the connection without a word: there is nobody yet who would understand it. */
    void refuse(DisconnectCause because) {
        endsBecause(because);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    void endsBecause(DisconnectCause because) {
        if (cause == null) {
            cause = because;
        }
        Tunnel open = tunnel;
        if (open != null) {
            open.endsBecause(because);
        }
    }

    private void expired(HandshakeStage stage) {
        endsBecause(stage.timeout());
        ServerSession apf = session;
        if (apf == null) {
            refuse(stage.timeout());
        } else {
            apf.disconnect(DisconnectReason.CONNECTION_TIMED_OUT);
        }
    }

    private void handshakeIsOver() {
        timer.cancel();
        releaseSlot();
    }

    private void releaseSlot() {
        Runnable over = handshakeOver;
        handshakeOver = null;
        if (over != null) {
            over.run();
        }
    }

    // The session's questions.

    @Override
    public void versioned(ProtocolVersion announced) {
        version = announced;
        trail.announced(announced.systemId());
        timer.enter(HandshakeStage.CREDENTIALS);
    }

    @Override
    public CompletionStage<LoginResult> login(ProtocolVersion announced, UserauthRequest request) {
        timer.stop();
        return signIn.login(announced.systemId(), tls, request);
    }

    @Override
    public boolean accepted() {
        DeviceSignIn.Admitted login = signIn.admitted();
        ServerSession apf = session;
        if (login == null || apf == null) {
            return false;
        }
        int most = context.settings().maxTunnels();
        TunnelRegistry registry = context.registry();
        Tunnel before = registry.ofDevice(login.key().id());
        if (most > 0 && before == null && registry.size() >= most) {
            endsBecause(DisconnectCause.TOO_MANY_TUNNELS);
            apf.disconnect(DisconnectReason.TOO_MANY_CONNECTIONS);
            return false;
        }
        Tunnel opened =
                new Tunnel(
                        NUMBERS.incrementAndGet(),
                        login.key(),
                        login.principal(),
                        channel,
                        address,
                        tls,
                        apf,
                        announcements.ports(),
                        version == null ? 0 : version.trigger());
        tunnel = opened;
        trail.registered(opened);
        Tunnel replaced = registry.register(opened);
        if (replaced != null) {
            retire(replaced, opened);
        }
        context.metrics().established();
        log.atInfo()
                .addKeyValue("tunnel", opened.id())
                .addKeyValue("device", login.key().id())
                .addKeyValue("principal", login.principal())
                .addKeyValue("address", address)
                .addKeyValue("tls", tls.protocol())
                .addKeyValue("trigger", version == null ? -1 : version.trigger())
                .log("device connected");
        timer.start(HandshakeStage.FORWARD);
        settling.start();
        return true;
    }

    private void settled() {
        Tunnel open = tunnel;
        if (open != null) {
            context.registry().settled(open);
        }
    }

    private void retire(Tunnel replaced, Tunnel opened) {
        context.swaps().swapped(opened.device().id());
        boolean elsewhere = !replaced.address().getAddress().equals(address.getAddress());
        log.atLevel(elsewhere ? Level.WARN : Level.INFO)
                .addKeyValue("device", opened.device().id())
                .addKeyValue("tunnel", opened.id())
                .addKeyValue("address", address)
                .addKeyValue("replacedTunnel", replaced.id())
                .addKeyValue("replacedAddress", replaced.address())
                .log(
                        elsewhere
                                ? "a newer tunnel replaces one from another address: the device"
                                        + " moved, or two share its UUID"
                                : "a newer tunnel replaces an older one of the same device");
        replaced.disconnect(DisconnectCause.REPLACED, DisconnectReason.BY_APPLICATION);
    }

    @Override
    public boolean forward(String announcedAddress, int port) {
        Tunnel open = tunnel;
        if (open == null || !announcements.forward(open, announcedAddress, port)) {
            return false;
        }
        handshakeIsOver();
        trail.forwarded(open);
        settling.announced();
        return true;
    }

    @Override
    public boolean cancelForward(int port) {
        return announcements.cancel(port);
    }

    @Override
    public void udpSendTo(UdpSendTo request) {
        traffic.datagram(request);
    }

    private @Nullable DeviceSource source() {
        Tunnel open = tunnel;
        return open == null
                ? null
                : new DeviceSource(
                        open.device().id(), open.name(), open.id(), open.principal(), address);
    }

    // What the session reports.

    @Override
    public void protocolError(ApfProtocolException error) {
        endsBecause(DisconnectCause.PROTOCOL_ERROR);
        context.metrics().protocolError(error.error());
        trail.broke(error.error() + ": " + error.getMessage());
        log.atInfo()
                .addKeyValue("address", address)
                .addKeyValue("uuid", announced())
                .addKeyValue("error", error.error())
                .addKeyValue("detail", error.getMessage())
                .log("protocol error");
    }

    @Override
    public void peerDisconnected(int reason) {
        endsBecause(DisconnectCause.DEVICE_DISCONNECT);
    }

    @Override
    public void attemptsExhausted() {
        endsBecause(DisconnectCause.AUTHENTICATION_FAILED);
    }

    @Override
    public void loginFailed(Throwable failure) {
        endsBecause(DisconnectCause.AUTHENTICATION_UNAVAILABLE);
        log.atError()
                .setCause(failure)
                .addKeyValue("address", address)
                .addKeyValue("uuid", announced())
                .log("unexpected failure of a sign-in; the device is sent away to try again");
    }

    @Override
    public void loginAnswered() {
        if (tunnel == null) {
            timer.resume();
        }
    }

    @Override
    public void dead() {
        endsBecause(DisconnectCause.KEEPALIVE_TIMEOUT);
    }

    @Override
    public void controlBacklog() {
        endsBecause(DisconnectCause.CONTROL_BACKLOG);
    }

    // The end.

    private void closed() {
        handshakeIsOver();
        settling.stop();
        Tunnel open = tunnel;
        if (open == null) {
            DisconnectCause why = cause == null ? DisconnectCause.CONNECTION_LOST : cause;
            context.metrics().ended(why);
            trail.ended(why);
            log.atDebug()
                    .addKeyValue("address", address)
                    .addKeyValue("uuid", announced())
                    .addKeyValue("cause", why.label())
                    .log("connection ended before it became a tunnel");
            return;
        }
        context.registry().remove(open, announcements.addresses());
        context.register().seen(open.device(), Instant.now());
        DisconnectCause why = open.causeOfEnd();
        context.metrics().closed(open);
        context.metrics().ended(why);
        trail.ended(why);
        log.atInfo()
                .addKeyValue("tunnel", open.id())
                .addKeyValue("device", open.device().id())
                .addKeyValue("name", open.name())
                .addKeyValue("address", address)
                .addKeyValue("cause", why.label())
                .addKeyValue("bytesIn", open.fromDevice())
                .addKeyValue("bytesOut", open.toDevice())
                .log("device disconnected");
    }

    private UUID announced() {
        ProtocolVersion known = version;
        return known == null ? UNKNOWN : known.systemId();
    }
}
