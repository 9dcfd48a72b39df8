package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.certificate.CertificateGate;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.terminator.TerminatedTls;
import org.outpost.gateway.transport.PeerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Builds the pipeline of a connection to the tunnel door: who speaks for whom ({@link PeerStage}),
 * flush consolidation, TLS, the look for HTTP probes, then the APF session.
 */
final class TunnelInitializer extends ChannelInitializer<Channel> {
    private static final Logger log = LoggerFactory.getLogger(TunnelInitializer.class);

    private final TunnelContext context;
    private final TunnelListenerSettings settings;

    TunnelInitializer(TunnelContext context, TunnelListenerSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    @Override
    protected void initChannel(Channel channel) {
        context.metrics().connected();
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            channel.close();
            return;
        }
        PeerStage.begin(context, settings, channel, peer, this::arrived);
    }

    /** It is known whose connection it is. */
    private void arrived(
            Channel channel, InetSocketAddress address, @Nullable TerminatedTls terminated) {
        TunnelConnection connection = new TunnelConnection(context, channel, address, terminated);
        if (!context.addresses().opened(address.getAddress())) {
            limitReached(connection, DisconnectCause.ADDRESS_LIMIT, address);
            return;
        }
        channel.closeFuture().addListener(_ -> context.addresses().closed(address.getAddress()));
        // Nothing is read before the handshake may begin.
        channel.config().setAutoRead(false);
        HandshakeSlots.Slot[] slot = new HandshakeSlots.Slot[1];
        Runnable begin = () -> begin(channel, connection, address, slot);
        HandshakeSlots.Slot taken =
                context.handshakes().acquire(() -> channel.eventLoop().execute(begin));
        if (taken == null) {
            limitReached(connection, DisconnectCause.TOO_MANY_HANDSHAKES, address);
            return;
        }
        slot[0] = taken;
        channel.closeFuture().addListener(_ -> taken.release());
    }

    private void limitReached(
            TunnelConnection connection, DisconnectCause cause, InetSocketAddress address) {
        if (context.notices().first(cause.label())) {
            log.atWarn()
                    .addKeyValue("cause", cause.label())
                    .addKeyValue("address", address)
                    .log("a limit bites: connections to the tunnel door are refused");
        }
        connection.refuse(cause);
    }

    private void begin(
            Channel channel,
            TunnelConnection connection,
            InetSocketAddress address,
            HandshakeSlots.Slot[] slot) {
        if (!channel.isActive()) {
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new FlushConsolidationHandler(256, true));
        pipeline.addLast(PeerStage.strayHeaders(context, channel, connection));
        pipeline.addLast(new FirstBytes(connection.trail()));
        Runnable over = () -> slot[0].release();
        TlsSource profile = settings.tls();
        if (profile == null) {
            connection.start(HandshakeStage.VERSION, over);
            pipeline.addLast(probe(connection));
            connection.secured(TlsSummary.NONE);
        } else {
            SslHandler handler = profile.get().newHandler(channel.alloc());
            // The connection's own clock ends a slow handshake.
            handler.setHandshakeTimeoutMillis(0);
            pipeline.addLast(handler);
            pipeline.addLast(new CertificateGate(profile.check(), connection.certificateWatcher()));
            pipeline.addLast(new TlsHandler(connection, address));
            connection.start(HandshakeStage.TLS, over);
        }
        pipeline.addLast("tunnel-end", new EndHandler(address));
        channel.config().setAutoRead(true);
        PeerStage.release(channel);
    }

    private static HttpProbeHandler probe(TunnelConnection connection) {
        return new HttpProbeHandler(() -> connection.endsBecause(DisconnectCause.HTTP_PROBE));
    }

    /** Waits for the end of the TLS handshake, then makes room for the session. */
    private static final class TlsHandler extends ChannelInboundHandlerAdapter {
        private final TunnelConnection connection;
        private final InetSocketAddress address;

        TlsHandler(TunnelConnection connection, InetSocketAddress address) {
            this.connection = connection;
            this.address = address;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                if (completion.isSuccess()) {
                    ChannelPipeline pipeline = ctx.pipeline();
                    pipeline.remove("tunnel-end");
                    pipeline.replace(this, null, probe(connection));
                    connection.secured(TlsSummary.of(ctx.channel()));
                    pipeline.addLast("tunnel-end", new EndHandler(address));
                } else {
                    log.atInfo()
                            .addKeyValue("address", address)
                            .addKeyValue("reason", PeerFailure.reason(completion.cause()))
                            .log("TLS handshake failed");
                    connection.trail().tlsFailed(completion.cause());
                    connection.endsBecause(DisconnectCause.TLS_FAILED);
                    ctx.close();
                }
                return;
            }
            ctx.fireUserEventTriggered(event);
        }
    }

    /** The end of the pipeline: what nobody handled ends the connection, and only this one. */
    private static final class EndHandler extends ChannelInboundHandlerAdapter {
        private final InetSocketAddress address;

        EndHandler(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof IOException
                    || cause instanceof io.netty.handler.codec.DecoderException) {
                log.atDebug()
                        .addKeyValue("address", address)
                        .addKeyValue("reason", PeerFailure.reason(cause))
                        .log("connection broke");
            } else {
                log.atError()
                        .setCause(cause)
                        .addKeyValue("address", address)
                        .log("unexpected failure; this connection is closed");
            }
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
        }
    }
}
