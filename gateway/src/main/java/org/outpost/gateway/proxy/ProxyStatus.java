package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.door.ConnectFailedException;

/**
 * What a failed request is answered with.
 *
 * @param status the status code
 * @param error the error type of the Proxy-Status field (RFC 9209 section 2.3)
 * @param reason plain sentences for the person who asked
 * @param endUnknown where the request ends cannot be told, so that nothing more can be read
 */
record ProxyStatus(HttpResponseStatus status, String error, String reason, boolean endUnknown) {
    ProxyStatus(HttpResponseStatus status, String error, String reason) {
        this(status, error, reason, false);
    }

    static ProxyStatus badRequest(String reason) {
        return new ProxyStatus(HttpResponseStatus.BAD_REQUEST, "http_request_error", reason);
    }

    static ProxyStatus badFraming(HttpResponseStatus status, String reason) {
        return new ProxyStatus(status, "http_request_error", reason, true);
    }

    static ProxyStatus badFraming() {
        return badFraming(
                HttpResponseStatus.BAD_REQUEST,
                "The request is not valid HTTP/1.1: its framing or a field is wrong.");
    }

    static ProxyStatus requestTimedOut() {
        return badFraming(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "The rest of the request did not come in time.");
    }

    static ProxyStatus deviceBrokeOff() {
        return new ProxyStatus(
                HttpResponseStatus.BAD_GATEWAY,
                "connection_terminated",
                "The device closed the connection before it answered.");
    }

    static ProxyStatus deviceNotHttp(String reason) {
        return new ProxyStatus(HttpResponseStatus.BAD_GATEWAY, "http_protocol_error", reason);
    }

    static ProxyStatus deviceTimedOut() {
        return new ProxyStatus(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "http_response_timeout",
                "The device accepted the connection but did not answer the request in time.");
    }

    static ProxyStatus signInRequired(String reason) {
        return new ProxyStatus(
                HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED, "http_request_denied", reason);
    }

    static ProxyStatus signInUnavailable() {
        return new ProxyStatus(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "proxy_internal_error",
                "Your credentials cannot be checked now; try again in a moment.");
    }

    /** Why no channel to the device could be had. */
    static ProxyStatus notConnected(@Nullable Throwable failure) {
        if (!(failure instanceof ConnectFailedException known)) {
            return new ProxyStatus(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "proxy_internal_error",
                    "The server could not connect to the device just now; try again in a moment.");
        }
        String reason = known.sentence() + ".";
        return switch (known.failure()) {
            case UNKNOWN ->
                    new ProxyStatus(
                            HttpResponseStatus.BAD_GATEWAY, "destination_not_found", reason);
            case AMBIGUOUS ->
                    new ProxyStatus(HttpResponseStatus.CONFLICT, "destination_not_found", reason);
            case OFFLINE ->
                    new ProxyStatus(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "destination_unavailable",
                            reason);
            case REFUSED ->
                    new ProxyStatus(HttpResponseStatus.BAD_GATEWAY, "connection_refused", reason);
            case TIMED_OUT ->
                    new ProxyStatus(
                            HttpResponseStatus.GATEWAY_TIMEOUT, "connection_timeout", reason);
            case NOT_ALLOWED ->
                    new ProxyStatus(HttpResponseStatus.FORBIDDEN, "http_request_denied", reason);
            case BUSY ->
                    new ProxyStatus(
                            HttpResponseStatus.SERVICE_UNAVAILABLE, "proxy_internal_error", reason);
        };
    }
}
