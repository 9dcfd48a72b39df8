package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

/** One end of a stream whose every byte is known from its number and its place. */
final class StreamEnd extends ChannelInboundHandlerAdapter {
    private final int writes;
    private final int reads;
    private final boolean reading;
    @Nullable Channel channel;
    long written;
    long received;
    boolean ended;
    boolean closedHere;

    StreamEnd(int writes, int reads, boolean reading) {
        this.writes = writes;
        this.reads = reads;
        this.reading = reading;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        ctx.channel().config().setAutoRead(reading);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf payload = (ByteBuf) msg;
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        for (byte found : bytes) {
            if (found != at(reads, received)) {
                throw new AssertionError("stream " + reads + " differs at " + received);
            }
            received++;
        }
        payload.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        throw new AssertionError(cause);
    }

    boolean isOpen() {
        return channel != null && channel.isActive();
    }

    void write(int bytes, boolean flush) {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            return;
        }
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pattern[i] = at(writes, written++);
        }
        open.write(Unpooled.wrappedBuffer(pattern));
        if (flush) {
            open.flush();
        }
    }

    void read() {
        if (channel != null) {
            channel.read();
        }
    }

    void readOn() {
        if (channel != null) {
            channel.flush();
            channel.config().setAutoRead(true);
        }
    }

    void close() {
        if (channel != null) {
            closedHere = true;
            channel.close();
        }
    }

    void assertReceived(StreamEnd from) {
        assertThat(received).as("bytes of stream %d", reads).isEqualTo(from.written);
    }

    private static byte at(int stream, long position) {
        return (byte) (position * 31 + (position >> 8) + stream * 17L);
    }
}
