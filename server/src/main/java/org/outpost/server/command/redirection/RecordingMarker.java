package org.outpost.server.command.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes out the byte F0, with which a relay says first of all that the session is recorded
 * (redirection.md §1).
 */
final class RecordingMarker extends ChannelInboundHandlerAdapter {
    private static final int MARKER = 0xF0;

    private volatile boolean seen;

    /** Whether it came. */
    boolean isSeen() {
        return seen;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ctx.fireChannelRead(message);
            return;
        }
        if (bytes.getUnsignedByte(bytes.readerIndex()) == MARKER) {
            seen = true;
            bytes.skipBytes(1);
        }
        if (bytes.isReadable()) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
            if (!ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
        }
        ctx.pipeline().remove(this);
    }
}
