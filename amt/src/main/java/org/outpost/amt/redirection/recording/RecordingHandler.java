package org.outpost.amt.redirection.recording;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.outpost.amt.redirection.gateway.ScreenTap;

/** Shows a tap what a SOL terminal's channel reads. */
public final class RecordingHandler extends ChannelInboundHandlerAdapter {
    private final ScreenTap tap;

    /** For one terminal, in front of whoever reads it. */
    public RecordingHandler(ScreenTap tap) {
        this.tap = tap;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            tap.screen(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }
}
