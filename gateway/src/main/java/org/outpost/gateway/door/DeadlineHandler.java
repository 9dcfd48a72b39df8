package org.outpost.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One clock per connection. It runs from the start, so that TLS and all that follows share the
 * time; the protocol stops it when it has its request and may start it again. When it runs out the
 * pipeline gets {@link Expired}; a connection that is still in its TLS handshake is closed at once.
 */
public final class DeadlineHandler extends ChannelInboundHandlerAdapter {
    /** The clock ran out. */
    public enum Expired {
        INSTANCE
    }

    private final Duration first;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;

    DeadlineHandler(Duration first) {
        this.first = first;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        start(first);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
        context = null;
    }

    /** Starts the clock anew. Only on the connection's event loop. */
    public void start(Duration duration) {
        stop();
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            timer =
                    ctx.executor()
                            .schedule(() -> expired(ctx), duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Stops the clock. Only on the connection's event loop. */
    public void stop() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    private void expired(ChannelHandlerContext ctx) {
        timer = null;
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null && !tls.handshakeFuture().isSuccess()) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(Expired.INSTANCE);
        }
    }
}
