package org.outpost.amt.wsman.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/**
 * Joins each response to its request. A response that nobody asked for, and one that is malformed
 * or too long, ends the connection: what follows on it could be taken for something else.
 */
final class ExchangeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);

    private @Nullable ChannelHandlerContext context;
    private @Nullable CompletableFuture<HttpAnswer> awaited;

    /** The device has said that it closes; TLS takes a moment to say goodbye. */
    private volatile boolean ending;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Whether the device will close the connection. */
    boolean isEnding() {
        return ending;
    }

    /** Sends a request; only on the event loop. */
    void start(FullHttpRequest request, CompletableFuture<HttpAnswer> answer) {
        ChannelHandlerContext ctx = context;
        if (ctx == null
                || ending
                || !ctx.channel().isActive()
                || awaited != null
                || answer.isDone()) {
            request.release();
            answer.completeExceptionally(new AmtException(new AmtFailure.ConnectionLost(false)));
            return;
        }
        awaited = answer;
        answer.whenComplete(
                (done, failure) -> {
                    if (failure != null) {
                        // Whoever gave up may not leave an answer on the way to the next one.
                        ctx.close();
                    }
                });
        ctx.writeAndFlush(request)
                .addListener(
                        written -> {
                            if (!written.isSuccess()) {
                                fail(new AmtFailure.ConnectionLost(true));
                                ctx.close();
                            }
                        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            malformed(ctx, response.decoderResult().cause());
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        CompletableFuture<HttpAnswer> answer = awaited;
        if (answer == null) {
            refuse(ctx, "it answered what was not asked");
            return;
        }
        awaited = null;
        HttpAnswer read =
                new HttpAnswer(
                        response.status().code(),
                        response.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE),
                        response.headers().get(HttpHeaderNames.SERVER, ""),
                        HttpConnection.bytes(response.content()));
        if (!HttpUtil.isKeepAlive(response)) {
            ending = true;
            ctx.close();
        }
        answer.complete(read);
    }

    private void malformed(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case PrematureChannelClosureException cut -> fail(new AmtFailure.ConnectionLost(true));
            case TooLongFrameException tooLong -> refuse(ctx, "its headers are too long");
            default -> refuse(ctx, "it is no HTTP response");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        fail(new AmtFailure.ConnectionLost(true));
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.atDebug().setCause(cause).log("connection to a device's WS-Management port failed");
        if (cause instanceof TooLongFrameException) {
            refuse(ctx, "it is longer than what is read here");
        } else {
            fail(new AmtFailure.ConnectionLost(true));
            ctx.close();
        }
    }

    private void refuse(ChannelHandlerContext ctx, String why) {
        fail(new AmtFailure.ProtocolError(why));
        ctx.close();
    }

    private void fail(AmtFailure failure) {
        CompletableFuture<HttpAnswer> answer = awaited;
        if (answer != null) {
            awaited = null;
            answer.completeExceptionally(new AmtException(failure));
        }
    }
}
