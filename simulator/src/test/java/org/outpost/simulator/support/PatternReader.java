package org.outpost.simulator.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.outpost.simulator.stream.StreamPattern;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads a stream and compares it with the pattern of sources. */
public final class PatternReader extends SimpleChannelInboundHandler<ByteBuf> {
    private final long size;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long position;

    public PatternReader(long size) {
        this.size = size;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        int wrong = StreamPattern.mismatch(bytes, position);
        if (wrong >= 0) {
            done.completeExceptionally(new AssertionError("wrong byte at " + (position + wrong)));
        }
        position += bytes.readableBytes();
        if (position >= size) {
            done.complete(position);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        done.completeExceptionally(new AssertionError("closed at " + position));
    }

    /** Waits until the whole stream was read and was right. */
    public void awaitRight() {
        assertThat(done.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(size);
    }
}
