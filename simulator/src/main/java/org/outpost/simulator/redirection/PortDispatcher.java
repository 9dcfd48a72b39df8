package org.outpost.simulator.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import java.util.function.Supplier;

/**
 * Tells redirection from the load streams that share its ports, by the first byte: no command of a
 * load stream begins with 0x10.
 */
public final class PortDispatcher extends ChannelInboundHandlerAdapter {
    private static final int START_SESSION = 0x10;

    private final Supplier<ChannelHandler> redirection;
    private final Supplier<ChannelHandler> stream;

    /**
     * For one connection.
     *
     * @param redirection makes what serves a redirection session
     * @param stream makes what serves everything else
     */
    public PortDispatcher(Supplier<ChannelHandler> redirection, Supplier<ChannelHandler> stream) {
        this.redirection = redirection;
        this.stream = stream;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean isSession = bytes.getUnsignedByte(bytes.readerIndex()) == START_SESSION;
        ChannelHandler next = isSession ? redirection.get() : stream.get();
        ctx.pipeline().addAfter(ctx.name(), null, next);
        ctx.fireChannelRead(message);
        ctx.pipeline().remove(this);
    }
}
