package org.outpost.simulator.impairment;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseNotifier;

import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedChannelException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Lets the bytes of a connection take their time, both ways. Stands next to the socket, below TLS.
 * What is under way is bounded: beyond that the socket is not read, and the channel is not
 * writable. Uses the clock of its event loop.
 */
public final class LinkHandler extends ChannelDuplexHandler {
    /** Bytes under way in one direction before it holds its sender back. */
    static final int HIGH_WATER = 256 * 1024;

    private static final int LOW_WATER = HIGH_WATER / 2;
    private static final int WRITABILITY_INDEX = 1;

    private final LinkQuality quality;
    private final SplittableRandom random;
    private @Nullable TravelQueue in;
    private @Nullable TravelQueue out;
    private @Nullable ChannelPromise closing;
    private boolean readHeld;
    private boolean writable = true;

    /**
     * The handler of one connection.
     *
     * @param seed makes jitter repeatable
     */
    public LinkHandler(LinkQuality quality, long seed) {
        this.quality = quality;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long now = now(context);
        in = new TravelQueue(new LinkModel(quality, random.split(), now), pieceSize());
        out = new TravelQueue(new LinkModel(quality, random.split(), now), pieceSize());
    }

    /** A narrow link passes small pieces, as packets do, so that nothing waits for a large one. */
    private int pieceSize() {
        return quality.bitsPerSecond() == 0
                ? Integer.MAX_VALUE
                : (int) Math.max(1460, Math.min(quality.bitsPerSecond() / 8 / 50, 1 << 20));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        TravelQueue queue = in();
        if (message instanceof ByteBuf bytes) {
            queue.add(bytes, null, now(context));
            schedule(context, queue, () -> arrive(context));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Said when something arrives at the other end.
    }

    private void arrive(ChannelHandlerContext context) {
        TravelQueue queue = in();
        queue.ticking = false;
        boolean any = false;
        long now = now(context);
        for (TravelQueue.Piece piece = queue.poll(now); piece != null; piece = queue.poll(now)) {
            any = true;
            context.fireChannelRead(piece.bytes());
        }
        if (any) {
            context.fireChannelReadComplete();
        }
        if (readHeld && queue.bytes() < LOW_WATER) {
            readHeld = false;
            context.read();
        }
        schedule(context, queue, () -> arrive(context));
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (in().bytes() >= HIGH_WATER) {
            readHeld = true;
        } else {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
            return;
        }
        TravelQueue queue = out();
        queue.add(bytes, promise, now(context));
        setWritable(context, queue.bytes() < HIGH_WATER);
        schedule(context, queue, () -> depart(context));
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        // Done when pieces leave.
    }

    private void depart(ChannelHandlerContext context) {
        TravelQueue queue = out();
        queue.ticking = false;
        long now = now(context);
        for (TravelQueue.Piece piece = queue.poll(now); piece != null; piece = queue.poll(now)) {
            ChannelPromise promise = piece.promise();
            context.write(piece.bytes(), promise == null ? context.voidPromise() : promise);
        }
        context.flush();
        if (queue.bytes() < LOW_WATER) {
            setWritable(context, true);
        }
        ChannelPromise promise = closing;
        if (promise != null && queue.isEmpty()) {
            context.close(promise);
        }
        schedule(context, queue, () -> depart(context));
    }

    private void setWritable(ChannelHandlerContext context, boolean now) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        if (writable != now && buffer != null) {
            writable = now;
            buffer.setUserDefinedWritability(WRITABILITY_INDEX, now);
        }
    }

    /** What was sent before still travels; then the connection closes. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (out().isEmpty()) {
            context.close(promise);
        } else if (closing == null) {
            closing = promise;
        } else {
            context.channel().closeFuture().addListener(new PromiseNotifier<>(promise));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        TravelQueue queue = in();
        boolean any = !queue.isEmpty();
        for (TravelQueue.Piece piece = queue.poll(); piece != null; piece = queue.poll()) {
            context.fireChannelRead(piece.bytes());
        }
        if (any) {
            context.fireChannelReadComplete();
        }
        out().drop(new ClosedChannelException());
        ChannelPromise promise = closing;
        if (promise != null) {
            promise.trySuccess();
        }
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        in().drop(new ClosedChannelException());
        out().drop(new ClosedChannelException());
    }

    private void schedule(ChannelHandlerContext context, TravelQueue queue, Runnable tick) {
        if (!queue.ticking && !queue.isEmpty()) {
            queue.ticking = true;
            long wait = Math.max(0, queue.firstDue() - now(context));
            context.executor().schedule(tick, wait, TimeUnit.NANOSECONDS);
        }
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    private TravelQueue in() {
        return added(in);
    }

    private TravelQueue out() {
        return added(out);
    }

    private static TravelQueue added(@Nullable TravelQueue queue) {
        if (queue == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return queue;
    }
}
