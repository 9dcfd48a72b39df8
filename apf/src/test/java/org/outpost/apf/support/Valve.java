package org.outpost.apf.support;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** A socket that can be made to take nothing: flushes wait until it is opened again. */
public final class Valve extends ChannelOutboundHandlerAdapter {
    private boolean shut;

    /** Shuts it, or opens it and lets out what waited. */
    public void shut(ChannelHandlerContext ctx, boolean now) {
        shut = now;
        if (!now) {
            ctx.flush();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!shut) {
            ctx.flush();
        }
    }
}
