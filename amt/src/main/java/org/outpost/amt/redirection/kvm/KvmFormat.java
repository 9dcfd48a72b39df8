package org.outpost.amt.redirection.kvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.outpost.amt.redirection.codec.MessageFormat;

/** Reads the one message before RFB: the reply to the opening, of eight bytes. */
final class KvmFormat implements MessageFormat {
    private static final int OPEN_REPLY = 0x41;

    /** The reply; its status is 0 when KVM is open. */
    record OpenReply(int status) {}

    @Override
    public boolean accepts(int type) {
        return type == OPEN_REPLY;
    }

    @Override
    public int length(int type, ByteBuf in) {
        return 8;
    }

    @Override
    public OpenReply read(int type, ByteBuf message, ByteBufAllocator allocator) {
        return new OpenReply(message.getUnsignedByte(message.readerIndex() + 1));
    }
}
