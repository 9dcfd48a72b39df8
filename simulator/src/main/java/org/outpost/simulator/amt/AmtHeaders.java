package org.outpost.simulator.amt;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;

/** Header names as AMT writes them: some consoles look for exactly these letters (wsman.md §1). */
final class AmtHeaders {
    static final AsciiString ALLOW = AsciiString.cached("Allow");
    static final AsciiString CACHE_CONTROL = AsciiString.cached("Cache-Control");
    static final AsciiString CONNECTION = AsciiString.cached("Connection");
    static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
    static final AsciiString LOCATION = AsciiString.cached("Location");
    static final AsciiString SERVER = AsciiString.cached("Server");
    static final AsciiString WWW_AUTHENTICATE = AsciiString.cached("WWW-Authenticate");

    private AmtHeaders() {}

    /** Sets what every answer has. */
    static void finish(FullHttpResponse response, String server) {
        response.headers().set(SERVER, server);
        if (!HttpUtil.isTransferEncodingChunked(response)) {
            response.headers().set(CONTENT_LENGTH, response.content().readableBytes());
        }
    }
}
