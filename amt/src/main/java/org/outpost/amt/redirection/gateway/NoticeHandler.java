package org.outpost.amt.redirection.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.nio.charset.StandardCharsets;

/**
 * Puts a text of ours behind the device's reply that starts a SOL session, as if the host had
 * printed it (redirection.md §2); then it is gone. A session that the device does not start shows
 * none.
 */
final class NoticeHandler extends ChannelInboundHandlerAdapter {
    private static final int START_REPLY = 0x21;
    private static final int START_REPLY_LENGTH = 23;
    private static final int DATA = 0x2A;

    private final String notice;
    private int seen;

    /** For one session; an empty notice is none. */
    NoticeHandler(String notice) {
        this.notice = notice;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (notice.isEmpty()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (!isStarting(bytes)) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(bytes);
            return;
        }
        int missing = START_REPLY_LENGTH - seen;
        if (bytes.readableBytes() < missing) {
            seen += bytes.readableBytes();
            ctx.fireChannelRead(bytes);
            return;
        }
        ctx.fireChannelRead(bytes.readRetainedSlice(missing));
        ctx.fireChannelRead(text(ctx));
        if (bytes.isReadable()) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        ctx.pipeline().remove(this);
    }

    /** Whether these may be, or go on with, a reply that says yes. */
    private boolean isStarting(ByteBuf bytes) {
        int first = bytes.readerIndex();
        boolean type =
                seen > 0 || !bytes.isReadable() || bytes.getUnsignedByte(first) == START_REPLY;
        int status = first + 1 - seen;
        boolean yes =
                seen > 1 || status >= bytes.writerIndex() || bytes.getUnsignedByte(status) == 0;
        return type && yes;
    }

    private ByteBuf text(ChannelHandlerContext ctx) {
        ByteBuf message = ctx.alloc().buffer(10 + notice.length());
        message.writeByte(DATA).writeZero(7).writeShortLE(notice.length());
        message.writeCharSequence(notice, StandardCharsets.US_ASCII);
        return message;
    }
}
