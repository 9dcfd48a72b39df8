package org.outpost.gateway.terminator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The first stage of a connection from a trusted peer: takes the PROXY header off, in front of TLS
 * and of all limits.
 *
 * <p>What stands behind it in the pipeline hears nothing, not even that the channel is active,
 * until the owner calls {@link #release()}; bytes that came with the header are kept until then.
 * The header is at most {@value #LONGEST_TLVS} bytes of TLVs and its addresses long, and has to be
 * whole at its deadline. Only the connection's loop uses it.
 */
public final class ProxyHeaderStage extends ChannelInboundHandlerAdapter {
    /** Room for a certificate of RSA-4096 in base64, and more. */
    static final int LONGEST_TLVS = 16 * 1024;

    private final ProxyProtocol settings;
    private final Listener listener;
    private final ProxyHeaderReader reader;
    private final HeaderDecoder decoder = new HeaderDecoder();
    private final Queue<ByteBuf> kept = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private boolean ofPeer;
    private boolean over;

    /** Hears how it goes; one of the methods is called, once. */
    public interface Listener {
        /**
         * The header is in, and {@link ProxyHeader#client} knows it. An owner that does not call
         * {@link #release()} at once switches {@code autoRead} off meanwhile.
         */
        void arrived(ProxyHeader.Client client);

        /**
         * The peer only looked whether we are there, and sent nothing, or nothing after a header
         * that speaks for itself; the channel is being closed.
         */
        void healthCheck();

        /**
         * There was no header, or none in time; the channel is being closed.
         *
         * @param timedOut whether time ran out
         * @param reason in plain words, with nothing that the peer sent
         */
        void refused(boolean timedOut, String reason);
    }

    /** Makes the stage of one connection. */
    public ProxyHeaderStage(ProxyProtocol settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.reader = new ProxyHeaderReader(settings.certificateTlv());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.pipeline().addBefore(ctx.name(), null, decoder);
        deadline =
                ctx.executor()
                        .schedule(
                                () -> end(ctx, this::timedOut),
                                settings.deadline().toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    private void timedOut() {
        if (ofPeer) {
            listener.healthCheck();
        } else {
            listener.refused(
                    true, "no whole PROXY header within " + settings.deadline().toMillis() + " ms");
        }
    }

    /**
     * Lets the rest of the pipeline begin. After {@link Listener#arrived}; later calls do nothing.
     */
    public void release() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || ctx.isRemoved()) {
            return;
        }
        if (ctx.channel().isActive()) {
            ctx.fireChannelActive();
        }
        ctx.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopClock();
        if (kept.isEmpty()) {
            return;
        }
        for (ByteBuf bytes = kept.poll(); bytes != null; bytes = kept.poll()) {
            ctx.fireChannelRead(bytes);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // Told to the others when it is known whose connection it is.
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            try {
                read(ctx, header);
            } finally {
                header.release();
            }
        } else if (message instanceof ByteBuf bytes && ctx.channel().isActive()) {
            kept.add(bytes);
            spokeForItself(ctx);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, HAProxyMessage message) {
        if (over) {
            return;
        }
        switch (reader.read(message)) {
            case ProxyHeader.OfPeer _ -> ofPeer = true;
            case ProxyHeader.Client client -> arrived(ctx, client);
        }
    }

    private void arrived(ChannelHandlerContext ctx, ProxyHeader.Client client) {
        over = true;
        stopClock();
        client.of(ctx.channel());
        listener.arrived(client);
    }

    /** The peer itself wants something, such as a health check that goes as far as TLS. */
    private void spokeForItself(ChannelHandlerContext ctx) {
        if (ofPeer && !over && ctx.channel().remoteAddress() instanceof InetSocketAddress peer) {
            arrived(ctx, new ProxyHeader.Client(peer, null));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind has read anything yet.
        if (!over) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (decoder.begun && !ofPeer) {
            end(ctx, () -> listener.refused(false, "the connection ended within the PROXY header"));
        } else {
            end(ctx, listener::healthCheck);
        }
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean garbage = cause instanceof DecoderException;
        if (ofPeer && !garbage) {
            // Some balancers end their checks with a reset.
            end(ctx, listener::healthCheck);
            return;
        }
        end(
                ctx,
                () ->
                        listener.refused(
                                false,
                                garbage
                                        ? "what came is no PROXY header that can be used"
                                        : "the connection broke within the PROXY header"));
    }

    private void end(ChannelHandlerContext ctx, Runnable tell) {
        stopClock();
        if (!over) {
            over = true;
            tell.run();
        }
        drop();
        Channel channel = ctx.channel();
        channel.close();
    }

    private void drop() {
        kept.forEach(ByteBuf::release);
        kept.clear();
    }

    private void stopClock() {
        Future<?> planned = deadline;
        deadline = null;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    /** Knows whether anything came at all: those who only look connect and leave. */
    private static final class HeaderDecoder extends HAProxyMessageDecoder {
        private boolean begun;

        HeaderDecoder() {
            super(LONGEST_TLVS, true);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            begun = true;
            super.channelRead(ctx, message);
        }
    }
}
