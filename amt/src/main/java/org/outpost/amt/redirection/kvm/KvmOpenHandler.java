package org.outpost.amt.redirection.kvm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for the reply to the opening and leaves. */
final class KvmOpenHandler extends SimpleChannelInboundHandler<KvmFormat.OpenReply> {
    private static final byte[] OPEN = {0x40, 0, 0, 0, 0, 0, 0, 0};
    private static final long ANSWER_SECONDS = 10;

    private final CompletableFuture<Channel> opened = new CompletableFuture<>();
    private final ChannelHandler decoder;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;

    KvmOpenHandler(ChannelHandler decoder) {
        this.decoder = decoder;
    }

    CompletableFuture<Channel> opened() {
        return opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Sends the opening; on the loop, once nothing of the sign-in is on the channel. */
    void start() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        ctx.writeAndFlush(ctx.alloc().buffer(OPEN.length).writeBytes(OPEN));
        deadline =
                ctx.executor()
                        .schedule(
                                () -> fail(ctx, RedirectionFailure.TIMED_OUT, null),
                                ANSWER_SECONDS,
                                TimeUnit.SECONDS);
        ctx.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, KvmFormat.OpenReply reply) {
        if (reply.status() == 0) {
            ctx.pipeline().remove(this);
            opened.complete(ctx.channel());
            // What it holds unread is RFB already.
            ctx.pipeline().remove(decoder);
        } else {
            fail(ctx, RedirectionFailure.NOT_ALLOWED, "KVM status " + reply.status());
        }
    }

    private void fail(
            ChannelHandlerContext ctx, RedirectionFailure failure, @Nullable String detail) {
        if (opened.completeExceptionally(new RedirectionException(failure, detail, null))) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, RedirectionFailure.CONNECTION_LOST, null);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                ctx,
                cause instanceof RedirectionProtocolException
                        ? RedirectionFailure.PROTOCOL_ERROR
                        : RedirectionFailure.CONNECTION_LOST,
                null);
        ctx.close();
    }
}
