package org.outpost.gateway.terminator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.nio.charset.StandardCharsets;

/**
 * Recognises a PROXY header from a peer that may not send one, so that the log says what is wrong
 * rather than that TLS is. Looks at the first bytes only and then leaves the pipeline: a header
 * that comes cut behind its first byte is refused by the next stage, as any other garbage.
 */
public final class StrayHeaderHandler extends ChannelInboundHandlerAdapter {
    private static final int ENOUGH = 2;
    private static final ByteBuf VERSION_1 = constant("PROXY ");
    private static final ByteBuf VERSION_2 = constant("\r\n\r\n\0\r\nQUIT\n");

    private final Runnable found;

    /**
     * Makes the handler.
     *
     * @param found run when it was a header; the connection is closed then
     */
    public StrayHeaderHandler(Runnable found) {
        this.found = found;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            ctx.pipeline().remove(this);
            if (isHeader(bytes)) {
                bytes.release();
                found.run();
                ctx.close();
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII).asReadOnly());
    }

    private static boolean isHeader(ByteBuf bytes) {
        return beginsWith(bytes, VERSION_1) || beginsWith(bytes, VERSION_2);
    }

    private static boolean beginsWith(ByteBuf bytes, ByteBuf signature) {
        int length = Math.min(bytes.readableBytes(), signature.readableBytes());
        return length >= ENOUGH
                && ByteBufUtil.equals(bytes, bytes.readerIndex(), signature, 0, length);
    }
}
