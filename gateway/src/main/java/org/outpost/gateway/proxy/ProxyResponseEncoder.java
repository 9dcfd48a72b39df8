package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Netty's response encoder, told which request is being answered. */
final class ProxyResponseEncoder extends HttpResponseEncoder {
    private HttpMethod method = HttpMethod.GET;

    void answering(HttpMethod request) {
        method = request;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        int status = response.status().code();
        return method.equals(HttpMethod.HEAD) || status < 200 || status == 204 || status == 304;
    }

    /** The fields are the device's and are passed on as they are. */
    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean isAlwaysEmpty) {}
}
