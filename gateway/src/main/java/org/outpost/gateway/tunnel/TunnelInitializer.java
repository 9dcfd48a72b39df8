package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.transport.PeerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * Builds the pipeline of a connection to the tunnel door: flush consolidation, TLS, the look for
 * HTTP probes, then the APF session.
 */
final class TunnelInitializer extends ChannelInitializer<Channel> {
    private static final Logger log = LoggerFactory.getLogger(TunnelInitializer.class);

    private final TunnelContext context;
    private final @Nullable Supplier<SslContext> tls;

    TunnelInitializer(TunnelContext context, @Nullable Supplier<SslContext> tls) {
        this.context = context;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        context.metrics().connected();
        if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
            channel.close();
            return;
        }
        TunnelConnection connection = new TunnelConnection(context, channel, address);
        if (!context.addresses().opened(address.getAddress())) {
            limitReached(connection, DisconnectCause.ADDRESS_LIMIT, address);
            return;
        }
        channel.closeFuture().addListener(_ -> context.addresses().closed(address.getAddress()));
        // Nothing is read before the handshake may begin.
        channel.config().setAutoRead(false);
        HandshakeSlots.Slot[] slot = new HandshakeSlots.Slot[1];
        Runnable begin = () -> begin(channel, connection, slot);
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

    private void begin(Channel channel, TunnelConnection connection, HandshakeSlots.Slot[] slot) {
        if (!channel.isActive()) {
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new FlushConsolidationHandler(256, true));
        Runnable over = () -> slot[0].release();
        Supplier<SslContext> profile = tls;
        if (profile == null) {
            connection.start(HandshakeStage.VERSION, over);
            pipeline.addLast(probe(connection));
            connection.secured(new TlsSummary("", "", null));
        } else {
            SslHandler handler = profile.get().newHandler(channel.alloc());
            // The connection's own clock ends a slow handshake.
            handler.setHandshakeTimeoutMillis(0);
            pipeline.addLast(handler);
            pipeline.addLast(new TlsHandler(connection));
            connection.start(HandshakeStage.TLS, over);
        }
        pipeline.addLast("tunnel-end", new EndHandler());
        channel.config().setAutoRead(true);
    }

    private static HttpProbeHandler probe(TunnelConnection connection) {
        return new HttpProbeHandler(() -> connection.endsBecause(DisconnectCause.HTTP_PROBE));
    }

    /** Waits for the end of the TLS handshake, then makes room for the session. */
    private static final class TlsHandler extends ChannelInboundHandlerAdapter {
        private final TunnelConnection connection;

        TlsHandler(TunnelConnection connection) {
            this.connection = connection;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                if (completion.isSuccess()) {
                    ChannelPipeline pipeline = ctx.pipeline();
                    pipeline.remove("tunnel-end");
                    pipeline.replace(this, null, probe(connection));
                    connection.secured(TlsSummary.of(ctx.channel()));
                    pipeline.addLast("tunnel-end", new EndHandler());
                } else {
                    log.atInfo()
                            .addKeyValue("address", ctx.channel().remoteAddress())
                            .addKeyValue("reason", PeerFailure.reason(completion.cause()))
                            .log("TLS handshake failed");
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
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof IOException
                    || cause instanceof io.netty.handler.codec.DecoderException) {
                log.atDebug()
                        .addKeyValue("address", ctx.channel().remoteAddress())
                        .addKeyValue("reason", PeerFailure.reason(cause))
                        .log("connection broke");
            } else {
                log.atError()
                        .setCause(cause)
                        .addKeyValue("address", ctx.channel().remoteAddress())
                        .log("unexpected failure; this connection is closed");
            }
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
        }
    }
}
