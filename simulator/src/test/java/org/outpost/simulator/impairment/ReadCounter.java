package org.outpost.simulator.impairment;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** Counts how often the socket is asked for data. */
final class ReadCounter extends ChannelOutboundHandlerAdapter {
    int count;

    @Override
    public void read(ChannelHandlerContext context) throws Exception {
        count++;
        super.read(context);
    }
}
