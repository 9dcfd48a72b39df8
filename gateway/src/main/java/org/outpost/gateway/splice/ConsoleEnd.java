package org.outpost.gateway.splice;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** The console's end: knows half-close, in both directions. */
final class ConsoleEnd extends SpliceEnd {
    private boolean finSent;
    private boolean draining;
    private @Nullable Future<?> stallCheck;

    ConsoleEnd(Splice splice) {
        super(splice);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        super.handlerAdded(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent
                || (event instanceof SslCloseCompletionEvent closed && closed.isSuccess())) {
            inputEnds();
            if (finSent) {
                ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    void peerEnded() {
        splice().progressed();
        context()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(flushed -> finish(flushed.isSuccess()));
        watchDrain();
    }

    /** From now on the console has to take what waits for it. Called again, it changes nothing. */
    @Override
    void watchDrain() {
        if (!draining) {
            draining = true;
            splice().progressed();
            checkDrain();
        }
    }

    private void waitForDrain() {
        long left = splice().settings().drain().toNanos() - splice().idleNanos();
        if (left <= 0) {
            splice().abort(SpliceEnding.STALLED);
            return;
        }
        context().executor().schedule(this::checkDrain, left, TimeUnit.NANOSECONDS);
    }

    private void checkDrain() {
        if (!finSent && context().channel().isActive()) {
            waitForDrain();
        }
    }

    /**
     * A device that has hung takes nothing more, and nobody reads the console meanwhile, so nobody
     * would notice that it has gone: the device's channel would be lost.
     */
    @Override
    void handedOver() {
        if (stallCheck == null) {
            checkStallAfter(splice().settings().stall().toNanos());
        }
    }

    private void checkStallAfter(long nanos) {
        stallCheck = context().executor().schedule(this::checkStall, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkStall() {
        stallCheck = null;
        if (isAcknowledged() || !context().channel().isActive()) {
            return;
        }
        long left = splice().settings().stall().toNanos() - splice().idleNanos();
        if (left <= 0) {
            splice().abort(SpliceEnding.STALLED);
        } else {
            checkStallAfter(left);
        }
    }

    private void finish(boolean flushed) {
        if (!flushed) {
            return;
        }
        splice().endsBecause(SpliceEnding.DEVICE_CLOSED);
        ChannelHandlerContext ctx = context();
        finSent = true;
        if (inputEnded() || !(ctx.channel() instanceof DuplexChannel duplex)) {
            ctx.close();
            return;
        }
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            duplex.shutdownOutput();
        } else {
            // The close_notify has to leave before the FIN.
            tls.closeOutbound().addListener(told -> duplex.shutdownOutput());
        }
        ctx.executor()
                .schedule(
                        this::closeNow,
                        splice().settings().linger().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    void channelClosed() {
        Future<?> planned = stallCheck;
        if (planned != null) {
            // Else a short connection would be held in memory for the whole of that time.
            planned.cancel(false);
        }
        splice().abort(SpliceEnding.CONSOLE_CLOSED);
    }

    @Override
    SpliceEnding failure() {
        return SpliceEnding.CONSOLE_FAILED;
    }

    @Override
    void delivered(long bytes) {
        splice().deliveredToConsole(bytes);
    }
}
