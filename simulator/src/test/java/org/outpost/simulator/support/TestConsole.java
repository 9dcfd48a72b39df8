package org.outpost.simulator.support;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** One HTTP connection to a device, through its tunnel. */
public final class TestConsole implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Channel channel;
    private volatile CompletableFuture<HttpConnection.Response> answer = new CompletableFuture<>();

    public TestConsole(TestTunnel tunnel, int port, boolean tls) throws SSLException {
        SslContext context =
                SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build();
        channel =
                TestServer.connect(
                                tunnel,
                                port,
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel made) {
                                        if (tls) {
                                            made.pipeline()
                                                    .addLast(context.newHandler(made.alloc()));
                                        }
                                        made.pipeline()
                                                .addLast(new HttpClientCodec())
                                                .addLast(new HttpObjectAggregator(1 << 20))
                                                .addLast(new AnswerHandler());
                                    }
                                })
                        .syncUninterruptibly()
                        .channel();
    }

    public HttpConnection.Response request(
            HttpMethod method, String target, String authorization, String body) {
        answer = new CompletableFuture<>();
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target, content);
        request.headers().set(HttpHeaderNames.HOST, "device");
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        if (!authorization.isEmpty()) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        channel.writeAndFlush(request);
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The certificate that the device showed. */
    public X509Certificate certificate() throws SSLPeerUnverifiedException {
        return (X509Certificate)
                channel.pipeline()
                        .get(SslHandler.class)
                        .engine()
                        .getSession()
                        .getPeerCertificates()[0];
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    private final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(
                    new HttpConnection.Response(
                            "HTTP/1.1 " + response.status(),
                            response.headers().entries().stream()
                                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                                    .toList(),
                            response.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IllegalStateException("the channel was closed"));
        }
    }
}
