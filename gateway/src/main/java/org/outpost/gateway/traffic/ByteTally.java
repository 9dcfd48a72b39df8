package org.outpost.gateway.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what passes on a channel to a device where nothing else counts: bytes that were read, and
 * bytes that were written, whether or not the device has taken them yet. Belongs first into the
 * pipeline, before any codec and TLS.
 */
public final class ByteTally extends ChannelDuplexHandler implements ByteCount {
    private final LongAdder toDevice = new LongAdder();
    private final LongAdder fromDevice = new LongAdder();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            fromDevice.add(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            toDevice.add(bytes.readableBytes());
        }
        ctx.write(message, promise);
    }

    @Override
    public long toDevice() {
        return toDevice.sum();
    }

    @Override
    public long fromDevice() {
        return fromDevice.sum();
    }
}
