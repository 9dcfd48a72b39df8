package org.outpost.simulator.impairment;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection without a word after a while. The first handler of its pipeline.
 *
 * <p>With {@link Ending.Kind#SILENCE} the handlers behind it see the connection end, while the
 * socket stays open and mute until the server closes it or {@link #HELD} is over. Just before an
 * end its {@link Ending.Kind} is fired as a user event.
 */
public final class EndingHandler extends ChannelDuplexHandler {
    /** How long a mute socket is kept. */
    static final Duration HELD = Duration.ofMinutes(15);

    private final Ending ending;
    private final long seed;
    private @Nullable Future<?> timer;
    private boolean silent;

    /**
     * The handler of one connection.
     *
     * @param seed decides how much of the spread is added
     */
    public EndingHandler(Ending ending, long seed) {
        this.ending = ending;
        this.seed = seed;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (ending.kind() != Ending.Kind.NONE) {
            long spread = ending.spread().toNanos();
            long extra = spread == 0 ? 0 : new SplittableRandom(seed).nextLong(spread + 1);
            timer =
                    context.executor()
                            .schedule(
                                    () -> end(context),
                                    ending.after().toNanos() + extra,
                                    TimeUnit.NANOSECONDS);
        }
        context.fireChannelActive();
    }

    private void end(ChannelHandlerContext context) {
        context.fireUserEventTriggered(ending.kind());
        if (ending.kind() == Ending.Kind.RESET) {
            reset(context);
            return;
        }
        silent = true;
        timer =
                context.executor()
                        .schedule(() -> reset(context), HELD.toNanos(), TimeUnit.NANOSECONDS);
        context.channel().config().setAutoRead(false);
        context.fireChannelInactive();
    }

    /** Closes the socket so that the other side gets a reset. */
    public static void reset(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (silent) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (!silent) {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (silent) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
        } else {
            context.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (silent) {
            // Whoever closes believes the connection has ended; the server must not hear of it.
            promise.trySuccess();
        } else {
            context.close(promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Future<?> planned = timer;
        if (planned != null) {
            planned.cancel(false);
        }
        if (!silent) {
            context.fireChannelInactive();
        }
    }
}
