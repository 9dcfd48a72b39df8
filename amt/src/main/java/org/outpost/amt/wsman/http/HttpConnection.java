package org.outpost.amt.wsman.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;

import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.ServicePorts;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;

import java.util.concurrent.CompletableFuture;

/** One connection to the WS-Management port: one exchange at a time, kept alive between them. */
final class HttpConnection {
    static final String PATH = "/wsman";

    private static final int LINE = 1024;
    private static final int HEADERS = 8192;
    private static final int CHUNK = 16 * 1024;

    private final Channel channel;
    private final HttpSettings settings;

    private HttpConnection(Channel channel, HttpSettings settings) {
        this.channel = channel;
        this.settings = settings;
    }

    /** Connects; cancelling the future ends the attempt. */
    static CompletableFuture<HttpConnection> open(
            DeviceConnector connector, HttpSettings settings) {
        CompletableFuture<Channel> connecting =
                connector.connect(
                        ServicePorts.WSMAN,
                        pipeline ->
                                pipeline.addLast(
                                        new HttpClientCodec(
                                                new HttpDecoderConfig()
                                                        .setMaxInitialLineLength(LINE)
                                                        .setMaxHeaderSize(HEADERS)
                                                        .setMaxChunkSize(CHUNK),
                                                false,
                                                false),
                                        new HttpObjectAggregator(settings.body(), true),
                                        new ExchangeHandler()));
        CompletableFuture<HttpConnection> opened = new CompletableFuture<>();
        opened.whenComplete(
                (connection, failure) -> {
                    if (failure != null) {
                        connecting.completeExceptionally(failure);
                    }
                });
        connecting.whenComplete(
                (channel, failure) -> {
                    if (failure != null) {
                        opened.completeExceptionally(failure);
                    } else if (!opened.complete(new HttpConnection(channel, settings))) {
                        channel.close();
                    }
                });
        return opened;
    }

    boolean isOpen() {
        ExchangeHandler handler = channel.pipeline().get(ExchangeHandler.class);
        return channel.isActive() && handler != null && !handler.isEnding();
    }

    void close() {
        channel.close();
    }

    /**
     * Posts an envelope. Fails with an {@link AmtException}; the connection is closed then.
     *
     * @param body the envelope
     * @param authorization the {@code Authorization} header; empty for none
     */
    CompletableFuture<HttpAnswer> post(byte[] body, String authorization) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        ExchangeHandler handler = channel.pipeline().get(ExchangeHandler.class);
        if (handler == null || !channel.isActive()) {
            answer.completeExceptionally(new AmtException(new AmtFailure.ConnectionLost(false)));
            return answer;
        }
        FullHttpRequest request = request(body, authorization);
        channel.eventLoop().execute(() -> handler.start(request, answer));
        return answer;
    }

    private FullHttpRequest request(byte[] body, String authorization) {
        ByteBuf content = Unpooled.wrappedBuffer(body);
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, PATH, content);
        HttpHeaders headers = request.headers();
        headers.set(HttpHeaderNames.HOST, settings.host());
        if (!authorization.isEmpty()) {
            headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/soap+xml; charset=utf-8");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }

    static byte[] bytes(ByteBuf content) {
        return ByteBufUtil.getBytes(content);
    }
}
