package org.outpost.amt.redirection.sol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.outpost.amt.redirection.codec.MessageFormat;

import java.util.function.BooleanSupplier;

/** Reads what the device sends in a SOL session. */
final class SolFormat implements MessageFormat {
    private static final int START_REPLY = 0x21;
    private static final int CONTROLS = 0x29;
    private static final int DATA = 0x2A;
    private static final int COPY_BELOW = 1024;

    private final BooleanSupplier open;

    /**
     * A format for one session.
     *
     * @param open whether the start reply has come; nothing else may come before it
     */
    SolFormat(BooleanSupplier open) {
        this.open = open;
    }

    @Override
    public boolean accepts(int type) {
        return open.getAsBoolean()
                ? switch (type) {
                    case 0x23, 0x24, CONTROLS, DATA, 0x2B -> true;
                    default -> false;
                }
                : type == START_REPLY;
    }

    @Override
    public int length(int type, ByteBuf in) {
        return switch (type) {
            case START_REPLY -> 23;
            case CONTROLS -> 10;
            case DATA ->
                    in.readableBytes() < 10
                            ? LENGTH_UNKNOWN
                            : 10 + in.getUnsignedShortLE(in.readerIndex() + 8);
            default -> 8;
        };
    }

    @Override
    public SolMessage read(int type, ByteBuf message, ByteBufAllocator allocator) {
        int second = message.skipBytes(1).readUnsignedByte();
        int sequence = message.skipBytes(2).readIntLE();
        return switch (type) {
            case START_REPLY -> new SolMessage.StartReply(second, sequence);
            case CONTROLS ->
                    new SolMessage.ControlsFromHost(
                            message.readUnsignedByte(), message.readUnsignedByte(), sequence);
            case DATA -> new SolMessage.DataFromHost(payload(message.skipBytes(2), allocator));
            case 0x23 -> new SolMessage.Plain(SolMessage.Signal.END_REPLY, sequence);
            case 0x24 -> new SolMessage.Plain(SolMessage.Signal.PING, sequence);
            default -> new SolMessage.Plain(SolMessage.Signal.HEARTBEAT, sequence);
        };
    }

    /** A slice keeps the whole buffer that it came in; not for a few letters. */
    private static ByteBuf payload(ByteBuf message, ByteBufAllocator allocator) {
        int length = message.readableBytes();
        return length >= COPY_BELOW
                ? message.readRetainedSlice(length)
                : allocator.buffer(length).writeBytes(message, length);
    }
}
