package org.outpost.gateway.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its peer gets the last answer: a plain close while bytes of the peer
 * are unread makes TCP reset the connection, and the answer may be lost (RFC 9112 section 9.6).
 * After the answer comes our FIN; what still arrives is thrown away until the peer closes too, two
 * seconds at most.
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {
    private static final int SECONDS = 2;

    private LingeringClose() {}

    /**
     * Closes the channel after the answer has been written. On the channel's event loop.
     *
     * @param answer the last write; already flushed
     */
    public static void after(ChannelFuture answer) {
        Channel channel = answer.channel();
        DeadlineHandler clock = channel.pipeline().get(DeadlineHandler.class);
        LingeringClose sink = new LingeringClose();
        if (clock == null) {
            channel.pipeline().addFirst(sink);
        } else {
            clock.stop();
            channel.pipeline().addAfter(channel.pipeline().context(clock).name(), null, sink);
        }
        // The peer may be slow to take the answer, but not for ever.
        channel.eventLoop().schedule(() -> channel.close(), 2L * SECONDS, TimeUnit.SECONDS);
        answer.addListener(written -> finish(channel));
    }

    private static void finish(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
            channel.close();
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            duplex.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(told -> duplex.shutdownOutput());
        }
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // nobody further on is to ask for more
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
