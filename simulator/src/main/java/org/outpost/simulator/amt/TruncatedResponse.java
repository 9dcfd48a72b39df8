package org.outpost.simulator.amt;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;

/** An answer that promises its whole body and breaks off in the middle. */
final class TruncatedResponse {
    private TruncatedResponse() {}

    static void write(ChannelHandlerContext context, FullHttpResponse response) {
        int half = response.content().readableBytes() / 2;
        context.write(
                new DefaultHttpResponse(
                        response.protocolVersion(), response.status(), response.headers()));
        context.writeAndFlush(new DefaultHttpContent(response.content().readSlice(half)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
