package org.outpost.apf.session;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.ApfMessage;

import java.util.concurrent.TimeUnit;

/**
 * Closes a tunnel, and cuts it with a reset when that is not done within seconds, since a
 * half-closed device stays "connected" (apf.md section 3.4).
 */
final class TunnelCloser {
    private static final int SECONDS = 3;

    private @Nullable Future<?> cut;

    /** Says a last word, then closes. */
    void closeAfter(ChannelHandlerContext ctx, ApfMessage last) {
        planCut(ctx);
        ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes without a word. */
    void close(ChannelHandlerContext ctx) {
        planCut(ctx);
        ctx.close();
    }

    private void planCut(ChannelHandlerContext ctx) {
        cut =
                ctx.executor()
                        .schedule(
                                () -> {
                                    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                                    ctx.channel().unsafe().close(ctx.newPromise());
                                },
                                SECONDS,
                                TimeUnit.SECONDS);
    }

    /** The tunnel is closed. */
    void closed() {
        Future<?> planned = cut;
        if (planned != null) {
            planned.cancel(false);
        }
    }
}
