package org.outpost.server.trust;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks over one connection each; follows no redirect, and takes 64 KiB at most. */
final class HttpOcspTransport implements OcspTransport {
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Bootstrap bootstrap;
    private final Duration deadline;

    HttpOcspTransport(EventLoopGroup loops, Duration deadline) {
        this.deadline = deadline;
        this.bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) Math.min(Integer.MAX_VALUE, deadline.toMillis()));
    }

    @Override
    public CompletionStage<byte[]> post(URI responder, InetSocketAddress address, byte[] request) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        ChannelFuture connecting =
                bootstrap
                        .clone()
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new ReadTimeoutHandler(
                                                                deadline.toMillis(),
                                                                TimeUnit.MILLISECONDS),
                                                        new HttpClientCodec(),
                                                        new HttpObjectAggregator(LONGEST_ANSWER),
                                                        new Answer(answer));
                                    }
                                })
                        .connect(address);
        connecting.addListener(
                done -> {
                    if (done.isSuccess()) {
                        connecting.channel().writeAndFlush(message(responder, request));
                    } else {
                        answer.completeExceptionally(
                                OcspException.unreachable(
                                        "cannot connect to " + address, done.cause()));
                    }
                });
        // Also when the one who waits gives up.
        answer.whenComplete((_, _) -> connecting.channel().close());
        return answer;
    }

    private static FullHttpRequest message(URI responder, byte[] request) {
        String path = responder.getRawPath() == null ? "" : responder.getRawPath();
        String query = responder.getRawQuery() == null ? "" : "?" + responder.getRawQuery();
        FullHttpRequest message =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        (path.isEmpty() ? "/" : path) + query,
                        Unpooled.wrappedBuffer(request));
        message.headers()
                .set(HttpHeaderNames.HOST, responder.getRawAuthority())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/ocsp-request")
                .set(HttpHeaderNames.ACCEPT, "application/ocsp-response")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_LENGTH, request.length);
        return message;
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<byte[]> answer;

        Answer(CompletableFuture<byte[]> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            if (response.status().equals(HttpResponseStatus.OK)) {
                answer.complete(ByteBufUtil.getBytes(response.content()));
            } else {
                answer.completeExceptionally(
                        OcspException.unreachable(
                                "the responder answers with HTTP " + response.status(), null));
            }
            ctx.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answer.completeExceptionally(OcspException.unreachable("no answer: " + cause, cause));
            ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            answer.completeExceptionally(
                    OcspException.unreachable(
                            "the responder closed the connection without an answer", null));
        }
    }
}
