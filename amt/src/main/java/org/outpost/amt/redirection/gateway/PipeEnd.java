package org.outpost.amt.redirection.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One end of the pipe. It reads on while less than 128 KiB of what it read waits to be taken by the
 * other end's socket; so a side that does not read stops the other, and little waits in between.
 * Buffers pass as they are. The two ends talk by tasks on each other's loop, one for a batch.
 */
final class PipeEnd extends ChannelInboundHandlerAdapter {
    private static final int MOST_IN_FLIGHT = 128 * 1024;

    private final Pipe pipe;
    private final StreamWatcher watcher;
    private final boolean console;
    private @Nullable ChannelHandlerContext context;
    private List<ByteBuf> batch = new ArrayList<>();
    private long batchBytes;
    private final AtomicLong inFlight = new AtomicLong();
    private volatile long lastTakenNanos;
    private boolean started;

    PipeEnd(Pipe pipe, StreamWatcher watcher, boolean console) {
        this.pipe = pipe;
        this.watcher = watcher;
        this.console = console;
    }

    /** Bytes that were read here and not taken there. */
    long inFlight() {
        return inFlight.get();
    }

    long lastTakenNanos() {
        return lastTakenNanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
    }

    /** Both ends are on their channels; on this end's loop. */
    void start() {
        started = true;
        lastTakenNanos = System.nanoTime();
        handOver();
        ChannelHandlerContext ctx = requireContext();
        if (!ctx.channel().isActive()) {
            inputEnded();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            int length = bytes.readableBytes();
            batchBytes += length;
            pipe.passed(console, length, watcher.watch(bytes));
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
        if (!batch.isEmpty()) {
            List<ByteBuf> taken = batch;
            long bytes = batchBytes;
            batch = new ArrayList<>();
            batchBytes = 0;
            inFlight.addAndGet(bytes);
            PipeEnd peer = pipe.peerOf(this);
            if (!peer.run(() -> peer.deliver(taken, bytes))) {
                taken.forEach(ByteBuf::release);
            }
        }
        if (inFlight.get() < MOST_IN_FLIGHT) {
            requireContext().read();
        }
    }

    private void deliver(List<ByteBuf> buffers, long bytes) {
        ChannelHandlerContext ctx = requireContext();
        int last = buffers.size() - 1;
        for (ByteBuf buffer : buffers.subList(0, last)) {
            ctx.write(buffer, ctx.voidPromise());
        }
        PipeEnd peer = pipe.peerOf(this);
        ctx.writeAndFlush(buffers.get(last))
                .addListener(
                        written -> {
                            if (written.isSuccess()) {
                                peer.run(() -> peer.taken(bytes));
                            }
                        });
    }

    private void taken(long bytes) {
        inFlight.addAndGet(-bytes);
        lastTakenNanos = System.nanoTime();
        handOver();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inputEnded();
        ctx.fireChannelInactive();
    }

    private void inputEnded() {
        if (started) {
            handOver();
        }
        pipe.end(console ? GatewayEnd.CONSOLE_CLOSED : GatewayEnd.DEVICE_CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pipe.end(console ? GatewayEnd.CONSOLE_FAILED : GatewayEnd.DEVICE_FAILED);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        batch.forEach(ByteBuf::release);
        batch.clear();
    }

    /** Closes behind what is to be written. */
    void close() {
        run(
                () ->
                        requireContext()
                                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                                .addListener(ChannelFutureListener.CLOSE));
    }

    /** Closes whatever waits. */
    void closeNow() {
        run(() -> requireContext().close());
    }

    /** False when this end's loop has shut down. */
    private boolean run(Runnable task) {
        ChannelHandlerContext ctx = requireContext();
        if (ctx.executor().inEventLoop()) {
            task.run();
            return true;
        }
        try {
            ctx.executor().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private ChannelHandlerContext requireContext() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        return ctx;
    }
}
