package org.outpost.apf.support;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;

/** Keeps all bytes that a channel delivers, readable from any thread. */
public final class Collector extends ChannelInboundHandlerAdapter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch inactive = new CountDownLatch(1);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf payload = (ByteBuf) msg;
        byte[] copy = new byte[payload.readableBytes()];
        payload.readBytes(copy);
        payload.release();
        synchronized (bytes) {
            bytes.writeBytes(copy);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive.countDown();
    }

    /** How many bytes came. */
    public int size() {
        synchronized (bytes) {
            return bytes.size();
        }
    }

    /** What came. */
    public byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    /** Whether the channel became inactive. */
    public boolean ended() {
        return inactive.getCount() == 0;
    }
}
