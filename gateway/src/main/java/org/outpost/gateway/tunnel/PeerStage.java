package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.terminator.Networks;
import org.outpost.gateway.terminator.ProxyHeader;
import org.outpost.gateway.terminator.ProxyHeaderStage;
import org.outpost.gateway.terminator.ProxyProtocol;
import org.outpost.gateway.terminator.StrayHeaderHandler;
import org.outpost.gateway.terminator.TerminatedTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/**
 * The very first stage of a connection to the tunnel door: whether its peer may connect, and whose
 * connection it is. Whatever counts by address comes after it, so that a load balancer is never
 * taken for the devices behind it.
 */
final class PeerStage {
    private static final Logger log = LoggerFactory.getLogger(PeerStage.class);
    private static final String HEADER_STAGE = "proxy-header";

    private final TunnelContext context;
    private final Channel channel;
    private final InetSocketAddress peer;

    private PeerStage(TunnelContext context, Channel channel, InetSocketAddress peer) {
        this.context = context;
        this.channel = channel;
        this.peer = peer;
    }

    /** What follows when it is known whose connection it is. */
    interface Next {
        /** Goes on. */
        void arrived(
                Channel channel, InetSocketAddress address, @Nullable TerminatedTls terminated);
    }

    /** Begins with a connection; {@code next} is told at once, when the header is in, or never. */
    static void begin(
            TunnelContext context,
            TunnelListenerSettings settings,
            Channel channel,
            InetSocketAddress peer,
            Next next) {
        PeerStage stage = new PeerStage(context, channel, peer);
        Networks allowed = settings.allowed();
        if (!allowed.isEmpty() && !allowed.contains(peer.getAddress())) {
            stage.notAllowed();
            return;
        }
        ProxyProtocol headers = settings.proxyProtocol();
        if (headers != null && headers.from().contains(peer.getAddress())) {
            channel.pipeline()
                    .addLast(HEADER_STAGE, new ProxyHeaderStage(headers, stage.hearing(next)));
        } else {
            next.arrived(channel, peer, null);
        }
    }

    /** The pipeline behind is ready. */
    static void release(Channel channel) {
        if (channel.pipeline().get(HEADER_STAGE) instanceof ProxyHeaderStage stage) {
            stage.release();
        }
    }

    private void notAllowed() {
        context.metrics().ended(DisconnectCause.PEER_NOT_ALLOWED);
        note(DisconnectCause.PEER_NOT_ALLOWED, "the listener's \"allow\" does not name the peer");
        if (context.notices().first("peer not allowed " + peer.getAddress())) {
            log.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("listener", channel.localAddress())
                    .log(
                            "a peer that the listener's \"allow\" does not name is refused; add it"
                                    + " there if it is a load balancer of yours");
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** Under the peer's own address: whose connection it was to be is not known. */
    private void note(DisconnectCause cause, String reason) {
        AttemptTrail trail = new AttemptTrail(context.attempts(), peer);
        trail.broke(reason);
        trail.ended(cause);
    }

    /** Finds a header where none may be: from somebody else, or a second one. */
    static ChannelHandler strayHeaders(
            TunnelContext context, Channel channel, TunnelConnection connection) {
        return new StrayHeaderHandler(
                () -> {
                    connection.endsBecause(DisconnectCause.PROXY_HEADER_REFUSED);
                    strayHeader(context, channel);
                });
    }

    private static void strayHeader(TunnelContext context, Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress peer
                && context.notices().first("stray header " + peer.getAddress())) {
            log.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("listener", channel.localAddress())
                    .log(
                            "a PROXY header from a peer that is not trusted is refused; name the"
                                    + " peer in \"proxy-protocol: { from: … }\" of this listener,"
                                    + " or switch the header off there");
        }
    }

    private ProxyHeaderStage.Listener hearing(Next next) {
        return new ProxyHeaderStage.Listener() {
            @Override
            public void arrived(ProxyHeader.Client client) {
                next.arrived(channel, client.source(), client.tls());
            }

            @Override
            public void healthCheck() {
                context.metrics().ended(DisconnectCause.HEALTH_CHECK);
                log.atDebug().addKeyValue("peer", peer).log("health check of a load balancer");
            }

            @Override
            public void refused(boolean timedOut, String reason) {
                DisconnectCause cause =
                        timedOut
                                ? DisconnectCause.PROXY_HEADER_TIMEOUT
                                : DisconnectCause.PROXY_HEADER_REFUSED;
                context.metrics().ended(cause);
                note(cause, reason);
                if (context.notices().first(cause.label() + " " + peer.getAddress())) {
                    log.atWarn()
                            .addKeyValue("cause", cause.label())
                            .addKeyValue("peer", peer)
                            .addKeyValue("listener", channel.localAddress())
                            .addKeyValue("reason", reason)
                            .log(
                                    "a connection without a good PROXY header is refused; let the"
                                            + " load balancer send one, or take it out of"
                                            + " \"proxy-protocol\" of this listener");
                }
            }
        };
    }
}
