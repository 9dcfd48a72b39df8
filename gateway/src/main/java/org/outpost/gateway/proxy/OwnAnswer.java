package org.outpost.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import java.nio.charset.StandardCharsets;

/** Answers that are the proxy's own, not a device's. */
final class OwnAnswer {
    /** Tells them from a device's (RFC 9209). */
    private static final String PROXY_STATUS = "Proxy-Status";

    private static final String CHALLENGE = "Basic realm=\"Outpost\", charset=\"UTF-8\"";
    private static final int RETRY_AFTER_SECONDS = 30;

    private OwnAnswer() {}

    /** The answer to a CONNECT whose bytes flow from now on. */
    static FullHttpResponse connected() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                new HttpResponseStatus(200, "Connection established"),
                Unpooled.EMPTY_BUFFER);
    }

    /**
     * The answer to a request that failed.
     *
     * @param keepAlive whether the connection goes on
     */
    static FullHttpResponse failure(ProxyStatus status, HttpRequest request, boolean keepAlive) {
        byte[] body = (status.reason() + "\n").getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status.status(), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(PROXY_STATUS, "outpost; error=" + status.error());
        if (status.status().equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED)) {
            response.headers().set(HttpHeaderNames.PROXY_AUTHENTICATE, CHALLENGE);
        }
        if (status.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }
}
