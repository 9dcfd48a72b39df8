package org.outpost.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;

import java.util.List;

/**
 * Netty's request decoder, with two things more: a message with both Transfer-Encoding and
 * Content-Length is refused (RFC 9112 section 6.1 allows it, and it is the common form of request
 * smuggling), and what follows a CONNECT is left alone until it is known whether it is HTTP.
 */
final class ProxyRequestDecoder extends HttpRequestDecoder {
    private boolean afterConnect;

    ProxyRequestDecoder(int maxLine, int maxFields) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(maxLine)
                        .setMaxHeaderSize(maxFields)
                        .setMaxChunkSize(ProxySettings.CHUNK)
                        .setAllowDuplicateContentLengths(false)
                        .setValidateHeaders(true));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
            throws Exception {
        if (afterConnect) {
            return;
        }
        int before = out.size();
        super.decode(ctx, buffer, out);
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request
                    && request.method().equals(HttpMethod.CONNECT)) {
                afterConnect = true;
            }
        }
    }

    /** A decoder that got nothing out of a read reads again; not while it keeps what it has. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (afterConnect) {
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    /** Whether it keeps what followed a CONNECT. */
    boolean isHolding() {
        return afterConnect;
    }

    /** The CONNECT was refused: HTTP goes on. */
    void resume(ChannelHandlerContext ctx) throws Exception {
        if (afterConnect) {
            afterConnect = false;
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
