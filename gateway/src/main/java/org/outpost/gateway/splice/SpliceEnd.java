package org.outpost.gateway.splice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * One end of a {@link Splice}. All fields but {@code context} belong to the executor of the
 * handler; the two ends talk by tasks on each other's executor.
 */
abstract class SpliceEnd extends ChannelInboundHandlerAdapter {
    private final Splice splice;
    private volatile @Nullable ChannelHandlerContext context;
    private List<ByteBuf> batch = new ArrayList<>();
    private int unacknowledged;
    private boolean announced;
    private boolean started;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean gone;

    SpliceEnd(Splice splice) {
        this.splice = splice;
    }

    /** The other side has sent its last byte, and all of them were handed over here. */
    abstract void peerEnded();

    /** This end's channel is closed. */
    abstract void channelClosed();

    /** The other side has closed, but not all that it sent was read. */
    abstract void watchDrain();

    /** A batch of this end's bytes is with the other end. */
    abstract void handedOver();

    abstract SpliceEnding failure();

    /** The bytes were taken by this end's channel. */
    abstract void delivered(long bytes);

    final Splice splice() {
        return splice;
    }

    final ChannelHandlerContext context() {
        ChannelHandlerContext known = context;
        if (known == null) {
            throw new IllegalStateException("this end is on no channel yet");
        }
        return known;
    }

    /** Whether the other end's channel has taken all that was handed over. */
    final boolean isAcknowledged() {
        return unacknowledged == 0;
    }

    final boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
        if (splice.isAborted()) {
            ctx.close();
        } else if (ctx.channel().isActive()) {
            announce();
        } else if (!ctx.channel().isOpen()) {
            announce();
            leave();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        announce();
        ctx.fireChannelActive();
    }

    private void announce() {
        if (!announced) {
            announced = true;
            splice.ready();
        }
    }

    final void start() {
        started = true;
        handOver();
        if (outputEnded) {
            peer().run(peer()::watchDrain);
        }
        if (inputEnded) {
            peer().run(peer()::peerEnded);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            batch.add(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        handOver();
    }

    private void handOver() {
        if (!started) {
            return;
        }
        if (batch.isEmpty()) {
            readOn();
            return;
        }
        List<ByteBuf> taken = batch;
        batch = new ArrayList<>();
        unacknowledged++;
        splice.progressed();
        handedOver();
        SpliceEnd peer = peer();
        if (!peer.run(() -> peer.deliver(taken))) {
            release(taken);
        }
    }

    private void readOn() {
        if (started && unacknowledged == 0 && !inputEnded) {
            context().read();
        }
    }

    /** Writes what the other end read. */
    private void deliver(List<ByteBuf> buffers) {
        ChannelHandlerContext ctx = context();
        long bytes = buffers.stream().mapToLong(ByteBuf::readableBytes).sum();
        if (!ctx.channel().isActive()) {
            release(buffers);
            discard(bytes);
            return;
        }
        int last = buffers.size() - 1;
        for (ByteBuf buffer : buffers.subList(0, last)) {
            ctx.write(buffer, ctx.voidPromise());
        }
        ctx.writeAndFlush(buffers.get(last)).addListener(written -> onWritten(written, bytes));
    }

    private void onWritten(Future<?> written, long bytes) {
        if (written.isSuccess()) {
            delivered(bytes);
            peer().run(peer()::acknowledged);
        } else if (EndedChannel.saidBy(written.cause())) {
            // The channel's own close event says what that means; the other side must not wait.
            discard(bytes);
        } else {
            splice.abort(failure());
        }
    }

    private void discard(long bytes) {
        splice.discarded(bytes);
        peer().run(peer()::acknowledged);
    }

    private void acknowledged() {
        unacknowledged--;
        readOn();
    }

    /** This end's channel takes nothing more, but what came before may not have been read yet. */
    final void outputEnds() {
        outputEnded = true;
        if (started) {
            peer().run(peer()::watchDrain);
        }
    }

    /** No more bytes will come from this end's channel. */
    final void inputEnds() {
        if (inputEnded) {
            return;
        }
        if (!batch.isEmpty()) {
            handOver();
        }
        inputEnded = true;
        if (started) {
            peer().run(peer()::peerEnded);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        leave();
        dropUnlessAwaited();
    }

    /** A channel that closed before the splice began may have left bytes that are still wanted. */
    private void dropUnlessAwaited() {
        if (started || splice.isAborted()) {
            release(batch);
        }
    }

    private void leave() {
        if (!gone) {
            gone = true;
            channelClosed();
            splice.gone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!EndedChannel.saidBy(cause)) {
            splice.abort(failure());
        }
    }

    final void closeNow() {
        ChannelHandlerContext known = context;
        if (known != null) {
            known.close();
            run(this::dropUnlessAwaited);
        }
    }

    final SpliceEnd peer() {
        return splice.peerOf(this);
    }

    /**
     * Runs the task on this end's executor, at once when the caller is on it.
     *
     * @return false when that executor has shut down; the splice is over then
     */
    final boolean run(Runnable task) {
        ChannelHandlerContext ctx = context();
        if (ctx.executor().inEventLoop()) {
            task.run();
            return true;
        }
        try {
            ctx.executor().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            splice.abort(failure());
            return false;
        }
    }

    private static void release(List<ByteBuf> buffers) {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
