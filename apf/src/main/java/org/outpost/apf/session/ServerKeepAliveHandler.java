package org.outpost.apf.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.RoundTrip;
import org.outpost.apf.codec.ApfDecoder;
import org.outpost.apf.message.KeepaliveOptionsReply;
import org.outpost.apf.message.KeepaliveOptionsRequest;
import org.outpost.apf.message.KeepaliveReply;
import org.outpost.apf.message.KeepaliveRequest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keep-alives as the server has them: answers the device's, negotiates the interval, probes a
 * silent tunnel, and ends one that stays silent. Any byte counts as a sign of life.
 */
final class ServerKeepAliveHandler extends ChannelInboundHandlerAdapter {
    private static final long LONGEST_INTERVAL_SECONDS = 3600;

    private final KeepAliveSettings settings;
    private final ApfDecoder decoder;
    private final RoundTrip roundTrip;
    private final Runnable dead;
    private long limitNanos;
    private long probeAfterNanos;
    private int cookie;
    private long probeSentNanos;
    private boolean probing;
    private boolean negotiated;
    private volatile int intervalSeconds;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> check;

    ServerKeepAliveHandler(
            KeepAliveSettings settings, ApfDecoder decoder, RoundTrip roundTrip, Runnable dead) {
        this.settings = settings;
        this.decoder = decoder;
        this.roundTrip = roundTrip;
        this.dead = dead;
        setLimit(settings.limitBeforeNegotiation());
    }

    /** The interval that the device confirmed, in seconds; 0 until it did. */
    int intervalSeconds() {
        return intervalSeconds;
    }

    /** The session runs: silence counts from now. */
    void start() {
        scheduleCheck(Math.min(limitNanos, probeAfterNanos));
    }

    /** Asks for our interval, once. */
    void negotiate() {
        ChannelHandlerContext ctx = context;
        if (!negotiated && ctx != null) {
            negotiated = true;
            ctx.write(
                    new KeepaliveOptionsRequest(
                            (int) settings.interval().toSeconds(),
                            (int) settings.timeout().toSeconds()));
        }
    }

    private void setLimit(Duration limit) {
        limitNanos = limit.toNanos();
        probeAfterNanos = settings.probe() ? limitNanos / 2 : Long.MAX_VALUE;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelCheck();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelCheck();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        switch (msg) {
            case KeepaliveRequest request -> ctx.write(new KeepaliveReply(request.cookie()));
            case KeepaliveReply reply -> {
                if (probing && reply.cookie() == cookie) {
                    roundTrip.measured(ctx.executor().ticker().nanoTime() - probeSentNanos);
                    probing = false;
                }
            }
            case KeepaliveOptionsReply reply -> adopt(reply);
            default -> ctx.fireChannelRead(msg);
        }
    }

    private void adopt(KeepaliveOptionsReply reply) {
        long seconds = Integer.toUnsignedLong(reply.intervalSeconds());
        if (seconds == 0) {
            // "No keep-alives": the limit for unnegotiated tunnels stays, and the probe does the
            // rest.
            return;
        }
        seconds = Math.min(seconds, LONGEST_INTERVAL_SECONDS);
        intervalSeconds = (int) seconds;
        setLimit(Duration.ofSeconds(seconds * settings.missedIntervals()));
        cancelCheck();
        scheduleCheck(Math.min(limitNanos, probeAfterNanos));
    }

    private void check(ChannelHandlerContext ctx) {
        long silence = ctx.executor().ticker().nanoTime() - decoder.lastReadNanos();
        if (silence >= limitNanos) {
            dead.run();
            return;
        }
        if (silence >= probeAfterNanos) {
            cookie++;
            probing = true;
            probeSentNanos = ctx.executor().ticker().nanoTime();
            ctx.writeAndFlush(new KeepaliveRequest(cookie));
            scheduleCheck(limitNanos - silence);
        } else {
            scheduleCheck(Math.min(limitNanos, probeAfterNanos) - silence);
        }
    }

    private void scheduleCheck(long nanos) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) {
            check =
                    ctx.executor()
                            .schedule(
                                    () -> check(ctx),
                                    Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)),
                                    TimeUnit.NANOSECONDS);
        }
    }

    private void cancelCheck() {
        Future<?> planned = check;
        check = null;
        if (planned != null) {
            planned.cancel(false);
        }
    }
}
