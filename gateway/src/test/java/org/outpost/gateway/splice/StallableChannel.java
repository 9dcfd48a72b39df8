package org.outpost.gateway.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Ticker;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A channel whose network is the test: it reads only when asked to, and its writes complete only
 * when the test takes them.
 */
final class StallableChannel extends EmbeddedChannel implements DuplexChannel {
    private record Pending(Object message, ChannelPromise promise) {}

    private final Deque<Object> network = new ArrayDeque<>();
    private final Deque<Pending> writes = new ArrayDeque<>();
    private final List<ByteBuf> allocated = new ArrayList<>();
    private final StringBuilder taken = new StringBuilder();
    private boolean readWanted;
    private boolean finSent;
    private boolean stopped;

    StallableChannel(Ticker ticker) {
        super(EmbeddedChannel.builder().register(false).ticker(ticker));
        config().setAutoRead(false);
        pipeline().addLast(new Wire());
    }

    StallableChannel open() throws Exception {
        register();
        return this;
    }

    /** The peer sends; each text is one buffer, all of them one read batch. */
    void send(String... texts) {
        List<ByteBuf> buffers = new ArrayList<>();
        for (String text : texts) {
            ByteBuf buffer =
                    Unpooled.buffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            allocated.add(buffer);
            buffers.add(buffer);
        }
        network.add(buffers);
        pump();
    }

    void sendFin() {
        network.add("FIN");
        pump();
    }

    void sendClose() {
        network.add("CLOSE");
        pump();
    }

    void reset() {
        if (!isOpen()) {
            return;
        }
        stopped = true;
        pipeline().fireExceptionCaught(new IOException("Connection reset"));
        close();
    }

    /** The peer's socket takes up to so many writes. */
    void take(int count) {
        for (int i = 0; i < count && !writes.isEmpty(); i++) {
            Pending pending = writes.remove();
            if (pending.message() instanceof ByteBuf bytes) {
                taken.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
            pending.promise().trySuccess();
        }
        pump();
    }

    void pump() {
        while (readWanted && !network.isEmpty() && isOpen() && !stopped) {
            readWanted = false;
            deliver(network.remove());
        }
    }

    /** As epoll does when the peer has shut down: bytes that nobody asked for. */
    void pumpUnasked() {
        if (pipeline().get(SpliceEnd.class) != null
                && isOpen()
                && !stopped
                && network.peek() instanceof List) {
            deliver(network.remove());
        }
    }

    private void deliver(Object item) {
        if (item instanceof List<?> buffers) {
            buffers.forEach(pipeline()::fireChannelRead);
            pipeline().fireChannelReadComplete();
        } else if (item.equals("FIN")) {
            pipeline().fireChannelReadComplete();
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            stopped = true;
            close();
        }
    }

    String taken() {
        return taken.toString();
    }

    boolean finSent() {
        return finSent;
    }

    int waitingWrites() {
        return writes.size();
    }

    boolean allReleased() {
        network.stream()
                .filter(List.class::isInstance)
                .flatMap(item -> ((List<?>) item).stream())
                .forEach(buffer -> ((ByteBuf) buffer).release());
        network.clear();
        return allocated.stream().allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return finSent;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        finSent = true;
        return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        finSent = true;
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    private final class Wire extends ChannelOutboundHandlerAdapter {
        @Override
        public void read(ChannelHandlerContext ctx) {
            readWanted = true;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            writes.add(new Pending(message, promise.unvoid()));
        }

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            while (!writes.isEmpty()) {
                Pending pending = writes.remove();
                ((ByteBuf) pending.message()).release();
                pending.promise().tryFailure(new ClosedChannelException());
            }
            ctx.close(promise);
        }
    }
}
