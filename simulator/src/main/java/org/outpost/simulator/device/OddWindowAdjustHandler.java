package org.outpost.simulator.device;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

import org.outpost.apf.message.ChannelWindowAdjust;

/**
 * Refills windows as firmware does: in small odd amounts, 499 and 1024 in turn (apf.md §4.4). A
 * server must count every byte of them.
 */
final class OddWindowAdjustHandler extends ChannelOutboundHandlerAdapter {
    private static final int SMALL = 499;
    private static final int LARGE = 1024;

    private boolean small = true;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ChannelWindowAdjust adjust)) {
            context.write(message, promise);
            return;
        }
        long left = adjust.bytesToAdd();
        int amount = next();
        while (left > amount) {
            context.write(new ChannelWindowAdjust(adjust.recipientChannel(), amount));
            left -= amount;
            amount = next();
        }
        context.write(new ChannelWindowAdjust(adjust.recipientChannel(), left), promise);
    }

    private int next() {
        int amount = small ? SMALL : LARGE;
        small = !small;
        return amount;
    }
}
