package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Heads of messages as they go on to the other side. */
final class ForwardedHead {
    private static final String VIA = "1.1 outpost";

    private ForwardedHead() {}

    /** The request as the device gets it: origin-form, its own Host, nothing of this hop. */
    static HttpRequest request(Exchange exchange) {
        HttpRequest original = exchange.request();
        HttpHeaders rest = original.headers().copy();
        ForwardedFields.strip(rest);
        rest.remove(HttpHeaderNames.HOST);
        if (exchange.isHttp10()) {
            // RFC 9110 section 10.1.1: its 100 could not be passed on.
            rest.remove(HttpHeaderNames.EXPECT);
        }
        HttpRequest head =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1, original.method(), exchange.target().originForm());
        // Host comes first (RFC 9110 section 7.2).
        head.headers().add("Host", exchange.target().authority()).add(rest);
        String upgrade = original.headers().get(HttpHeaderNames.UPGRADE);
        if (upgrade != null && asksForUpgrade(original)) {
            head.headers().set("Connection", "Upgrade").set("Upgrade", upgrade);
        }
        return head;
    }

    private static boolean asksForUpgrade(HttpRequest request) {
        return !request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                && request.headers()
                        .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    /** An interim answer (1xx) as the console gets it. */
    static HttpResponse interim(HttpResponse original) {
        HttpResponse head = copy(original);
        head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        return head;
    }

    /** The answer that both sides switch protocols with. */
    static HttpResponse switching(HttpResponse original) {
        HttpResponse head = interim(original);
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        String protocol = original.headers().get(HttpHeaderNames.UPGRADE);
        if (protocol != null) {
            head.headers().set(HttpHeaderNames.UPGRADE, protocol);
        }
        return head;
    }

    /**
     * The final answer as the console gets it. Notes in the exchange what the answer's framing
     * means for the two connections.
     */
    static HttpResponse response(HttpResponse original, Exchange exchange) {
        HttpResponse head = copy(original);
        HttpHeaders fields = head.headers();
        boolean chunked = HttpUtil.isTransferEncodingChunked(original);
        boolean sized = fields.contains(HttpHeaderNames.CONTENT_LENGTH);
        boolean unsizedBody = !sized && !isBodyless(original.status(), exchange.method());
        // What is neither sized nor chunked ends with the connection (RFC 9112 section 6.3).
        exchange.deviceCloses = !HttpUtil.isKeepAlive(original) || (unsizedBody && !chunked);
        exchange.endless = unsizedBody && exchange.isHttp10();
        fields.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (unsizedBody && !exchange.endless) {
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (exchange.endless || exchange.bodyMayNotCome()) {
            exchange.endsConnection();
        }
        if (!exchange.keepAlive()) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (exchange.isHttp10()) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return head;
    }

    /** Whether the transfer coding is one that is understood here. */
    static boolean isReadable(HttpResponse response) {
        return response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).stream()
                .allMatch(coding -> coding.trim().equalsIgnoreCase("chunked"));
    }

    static boolean isInterim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static HttpResponse copy(HttpResponse original) {
        HttpHeaders fields = original.headers().copy();
        ForwardedFields.strip(fields);
        fields.add(HttpHeaderNames.VIA, VIA);
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, original.status(), fields);
    }

    private static boolean isBodyless(HttpResponseStatus status, HttpMethod method) {
        return method.equals(HttpMethod.HEAD)
                || status.equals(HttpResponseStatus.NO_CONTENT)
                || status.equals(HttpResponseStatus.NOT_MODIFIED);
    }
}
