package org.outpost.amt.redirection.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import java.util.List;

/**
 * Bytes to messages, one at a time: what a message changes is in force before the next type byte is
 * looked at. After a protocol error, which is fired once, all that follows is discarded. When the
 * decoder is removed, bytes that it has not read go on to the next handler as they are.
 */
public final class MessageDecoder extends ByteToMessageDecoder {
    private final MessageFormat format;
    private boolean failed;

    /** Decodes what the format knows. */
    public MessageDecoder(MessageFormat format) {
        this.format = format;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            next(ctx, in, out);
        } catch (RedirectionProtocolException e) {
            failed = true;
            in.skipBytes(in.readableBytes());
            ctx.fireExceptionCaught(e);
        }
    }

    private void next(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int type = in.getUnsignedByte(in.readerIndex());
        if (!format.accepts(type)) {
            throw new RedirectionProtocolException("message type %02x out of turn".formatted(type));
        }
        int length = format.length(type, in);
        if (length != MessageFormat.LENGTH_UNKNOWN && in.readableBytes() >= length) {
            out.add(format.read(type, in.readSlice(length), ctx.alloc()));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        // An unfinished message at the end of the connection is nobody's business any more.
        in.skipBytes(in.readableBytes());
    }
}
