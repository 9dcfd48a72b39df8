package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.route.Console;

import java.util.Set;

/** One request and its answer. Only the console's event loop uses it. */
final class Exchange {
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.OPTIONS,
                    HttpMethod.PUT,
                    HttpMethod.DELETE);

    private final HttpRequest request;
    private final RequestTarget target;
    private boolean keepAlive;

    /** Who asks; known once they have signed in. */
    @Nullable Console console;

    /** The request was read to its end. */
    boolean requestDone;

    /** Some of the request's body was handed to the device. */
    boolean bodyStarted;

    /** The final answer's head was handed to the console. */
    boolean responseStarted;

    /** The answer being read is an interim one; its end is not the answer's. */
    boolean interim;

    /** The console was told to go on with its body. */
    boolean continued;

    /** The answer ends with the device's connection, or says that this is its last. */
    boolean deviceCloses;

    /** The console can tell the answer's end only by the connection's. */
    boolean endless;

    /** It was sent on a channel that had served another request before. */
    boolean reusedChannel;

    Exchange(HttpRequest request, RequestTarget target) {
        this.request = request;
        this.target = target;
        this.keepAlive = wantsKeepAlive(request);
    }

    HttpRequest request() {
        return request;
    }

    RequestTarget target() {
        return target;
    }

    HttpMethod method() {
        return request.method();
    }

    boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** Whether the console's connection outlives the exchange. */
    boolean keepAlive() {
        return keepAlive;
    }

    /** The console's connection ends with this exchange, whatever the console wished. */
    void endsConnection() {
        keepAlive = false;
    }

    /**
     * Whether the rest of the request may never come: who waits for 100 and gets a final answer may
     * leave the body out (RFC 9110 section 10.1.1).
     */
    boolean bodyMayNotCome() {
        return !requestDone
                && !bodyStarted
                && !continued
                && HttpUtil.is100ContinueExpected(request);
    }

    /**
     * Whether it may be sent once more after the channel broke without an answer (RFC 9110 section
     * 9.2.2).
     */
    boolean mayRetry() {
        return reusedChannel
                && !responseStarted
                && !continued
                && !bodyStarted
                && IDEMPOTENT.contains(method());
    }

    /** Old clients say Proxy-Connection where they mean Connection. */
    static boolean wantsKeepAlive(HttpRequest request) {
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                && request.headers()
                        .containsValue(
                                "Proxy-Connection", HttpHeaderValues.KEEP_ALIVE.toString(), true)) {
            return !request.headers()
                    .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        }
        return HttpUtil.isKeepAlive(request);
    }
}
