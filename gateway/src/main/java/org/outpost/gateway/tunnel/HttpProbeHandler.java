package org.outpost.gateway.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.nio.charset.StandardCharsets;

/**
 * Answers browsers and health checks that find the tunnel door (apf.md section 1.1). A device's
 * first byte is 0xC0; for anything else that may begin an HTTP request there is one short answer.
 * Looks at the first byte only and then leaves the pipeline.
 */
final class HttpProbeHandler extends ChannelInboundHandlerAdapter {
    private static final String BODY = "This port is for Intel AMT devices.\n";
    private static final String ANSWER =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + BODY.length()
                    + "\r\n\r\n"
                    + BODY;

    private final Runnable probed;

    /**
     * Makes the handler.
     *
     * @param probed run when it was a probe; the connection is closed after the answer
     */
    HttpProbeHandler(Runnable probed) {
        this.probed = probed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof ByteBuf bytes && bytes.isReadable()) {
            ctx.pipeline().remove(this);
            if (isHttpVerb(bytes.getByte(bytes.readerIndex()))) {
                bytes.release();
                probed.run();
                ctx.writeAndFlush(Unpooled.copiedBuffer(ANSWER, StandardCharsets.US_ASCII))
                        .addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        ctx.fireChannelRead(msg);
    }

    /** The first letters of GET, HEAD, OPTIONS, POST, PUT, CONNECT, DELETE, TRACE. */
    private static boolean isHttpVerb(byte first) {
        return switch (first) {
            case 'G', 'H', 'O', 'P', 'C', 'D', 'T' -> true;
            default -> false;
        };
    }
}
