package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a request's head has to fulfil before it is looked at (RFC 9112 sections 2.3, 3.2, 6). */
final class RequestCheck {
    private RequestCheck() {}

    /** What is wrong with it; null when nothing is. */
    static @Nullable ProxyStatus fault(HttpRequest request, ProxySettings settings) {
        if (request.decoderResult().isFailure()) {
            return malformed(request.decoderResult().cause(), settings);
        }
        HttpVersion version = request.protocolVersion();
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            return ProxyStatus.badFraming(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "This proxy speaks HTTP/1.1 only.");
        }
        ProxyStatus framing = framing(request, version);
        if (framing != null) {
            return framing;
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean enough = !hosts.isEmpty() || version.equals(HttpVersion.HTTP_1_0);
        if (!enough || hosts.size() > 1 || !hosts.stream().allMatch(RequestCheck::isHost)) {
            return ProxyStatus.badRequest(
                    "An HTTP/1.1 request needs exactly one Host field, with a host and perhaps a"
                            + " port (RFC 9112 section 3.2).");
        }
        return null;
    }

    /** It decides nothing here; but what is no host at all was meant for somebody else's eyes. */
    private static boolean isHost(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7F && ",/?#@\\".indexOf(c) < 0);
    }

    private static ProxyStatus malformed(@Nullable Throwable cause, ProxySettings settings) {
        return switch (cause) {
            case TooLongHttpHeaderException _ ->
                    ProxyStatus.badFraming(
                            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                            "The header section is longer than "
                                    + settings.maxFields()
                                    + " bytes.");
            case TooLongHttpLineException _ ->
                    ProxyStatus.badFraming(
                            HttpResponseStatus.REQUEST_URI_TOO_LONG,
                            "The request line is longer than " + settings.maxLine() + " bytes.");
            case null, default -> ProxyStatus.badFraming();
        };
    }

    private static @Nullable ProxyStatus framing(HttpRequest request, HttpVersion version) {
        HttpHeaders fields = request.headers();
        List<String> codings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && version.equals(HttpVersion.HTTP_1_0)) {
            return ProxyStatus.badFraming(
                    HttpResponseStatus.BAD_REQUEST,
                    "HTTP/1.0 has no transfer codings (RFC 9112 section 6.1).");
        }
        if (!codings.isEmpty()
                && !(codings.size() == 1
                        && codings.getFirst().trim().equalsIgnoreCase("chunked"))) {
            return ProxyStatus.badFraming(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "The only transfer coding that is passed on is chunked.");
        }
        if (request.method().equals(HttpMethod.CONNECT)
                && (!codings.isEmpty() || fields.contains(HttpHeaderNames.CONTENT_LENGTH))) {
            return ProxyStatus.badFraming(
                    HttpResponseStatus.BAD_REQUEST,
                    "A CONNECT request has no body (RFC 9110 section 9.3.6).");
        }
        return null;
    }
}
