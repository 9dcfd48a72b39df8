package org.outpost.simulator.amt;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Collects a request's body, chunked or not, and answers {@code Expect: 100-continue}. A body over
 * the limit is answered with 413 and the end of the connection: what follows is not read.
 */
final class BodyAggregator extends HttpObjectAggregator {
    private final String serverHeader;

    BodyAggregator(int limit, String serverHeader) {
        super(limit);
        this.serverHeader = serverHeader;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        FullHttpResponse response = AmtResponder.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        AmtHeaders.finish(response, serverHeader);
        response.headers().set(AmtHeaders.CONNECTION, HttpHeaderValues.CLOSE);
        context.channel().config().setAutoRead(false);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
