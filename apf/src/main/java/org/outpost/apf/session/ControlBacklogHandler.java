package org.outpost.apf.session;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.ChannelData;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a flood of keep-alives, forwards, opens or closes can make us hold: when more than 64
 * KiB of our replies are unsent the tunnel is not read, and when that lasts it is given up (design
 * section 4). Payload is bounded elsewhere, by windows.
 */
final class ControlBacklogHandler extends ChannelOutboundHandlerAdapter
        implements ChannelFutureListener {
    /** What a reply costs in memory: most are 5 to 17 bytes on the wire, in a buffer of 128. */
    private static final int COST = 128;

    private static final int HIGH = 64 * 1024;
    private static final int LOW = 32 * 1024;

    private final ReadHolds reads;
    private final Duration patience;
    private final Runnable giveUp;
    private int backlog;
    private @Nullable Future<?> deadline;

    ControlBacklogHandler(ReadHolds reads, Duration patience, Runnable giveUp) {
        this.reads = reads;
        this.patience = patience;
        this.giveUp = giveUp;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof ApfMessage) || msg instanceof ChannelData) {
            ctx.write(msg, promise);
            return;
        }
        backlog += COST;
        if (backlog > HIGH && deadline == null) {
            reads.hold(ReadHolds.Reason.CONTROL_BACKLOG);
            deadline = ctx.executor().schedule(giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        ctx.write(msg, promise.unvoid()).addListener(this);
    }

    @Override
    public void operationComplete(ChannelFuture future) {
        backlog -= COST;
        Future<?> running = deadline;
        if (running != null && backlog < LOW) {
            deadline = null;
            running.cancel(false);
            reads.release(ReadHolds.Reason.CONTROL_BACKLOG);
        }
    }
}
