package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.session.LoginResult;
import org.outpost.apf.session.ServerSession;
import org.outpost.apf.session.ServerSessionPolicy;
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
    private final DeviceSignIn signIn;
    private final Announcements announcements;
    private TlsSummary tls = new TlsSummary("", "", null);
    private @Nullable ServerSession session;
    private @Nullable ProtocolVersion version;
    private @Nullable Tunnel tunnel;
    private @Nullable DisconnectCause cause;
    private @Nullable Runnable handshakeOver;

    TunnelConnection(TunnelContext context, Channel channel, InetSocketAddress address) {
        this.context = context;
        this.channel = channel;
        this.address = address;
        this.timer =
                new HandshakeTimer(
                        channel.eventLoop(), context.settings().deadlines(), this::expired);
        this.signIn =
                new DeviceSignIn(
                        context,
                        channel.eventLoop(),
                        address,
                        this::endsBecause,
                        this::releaseSlot);
        this.announcements =
                new Announcements(
                        context,
                        new ForwardedPorts(
                                channel.eventLoop(),
                                context.settings().portPatience(),
                                context.settings().maxPorts()));
        channel.closeFuture().addListener(_ -> closed());
    }

    /** The handshake may begin. */
    void start(HandshakeStage first, Runnable over) {
        handshakeOver = over;
        timer.start(first);
    }

    /** TLS is agreed on, or was never wanted: APF begins. */
    void secured(TlsSummary summary) {
        tls = summary;
        context.metrics().tls(summary);
        session =
                new ServerSession(
                        channel,
                        context.settings().apf(),
                        context.settings().keepAlive(),
                        context.settings().multiplexer(),
                        this,
                        ChannelAcceptor.NONE,
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
        timer.enter(HandshakeStage.CREDENTIALS);
    }

    @Override
    public CompletionStage<LoginResult> login(ProtocolVersion announced, UserauthRequest request) {
        timer.stop();
        return signIn.login(announced.systemId(), tls.certificate(), request);
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
                        announcements.ports());
        tunnel = opened;
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
        return true;
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
        return true;
    }

    @Override
    public boolean cancelForward(int port) {
        return announcements.cancel(port);
    }

    @Override
    public void udpSendTo(UdpSendTo request) {
        // Where alerts go is for a later stage: nothing leaves on a device's word.
        context.metrics().channelEvent("datagram_dropped");
    }

    // What the session reports.

    @Override
    public void protocolError(ApfProtocolException error) {
        endsBecause(DisconnectCause.PROTOCOL_ERROR);
        context.metrics().protocolError(error.error());
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
        Tunnel open = tunnel;
        if (open == null) {
            DisconnectCause why = cause == null ? DisconnectCause.CONNECTION_LOST : cause;
            context.metrics().ended(why);
            log.atDebug()
                    .addKeyValue("address", address)
                    .addKeyValue("uuid", announced())
                    .addKeyValue("cause", why.label())
                    .log("connection ended before it became a tunnel");
            return;
        }
        context.registry().remove(open, announcements.addresses());
        context.register().seen(open.device(), Instant.now());
        DisconnectCause given = open.cause();
        DisconnectCause why = given == null ? DisconnectCause.CONNECTION_LOST : given;
        context.metrics().closed(open);
        context.metrics().ended(why);
        log.atInfo()
                .addKeyValue("tunnel", open.id())
                .addKeyValue("device", open.device().id())
                .addKeyValue("name", open.name())
                .addKeyValue("address", address)
                .addKeyValue("cause", why.label())
                .addKeyValue("bytesIn", open.bytesIn())
                .addKeyValue("bytesOut", open.bytesOut())
                .log("device disconnected");
    }

    private UUID announced() {
        ProtocolVersion known = version;
        return known == null ? UNKNOWN : known.systemId();
    }
}
