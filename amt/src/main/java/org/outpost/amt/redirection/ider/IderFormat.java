package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.outpost.amt.redirection.codec.MessageFormat;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;
import org.outpost.amt.redirection.message.Octets;

import java.util.function.BooleanSupplier;

/** Reads what a device sends in an IDE-R session, and checks its sequence numbers. */
final class IderFormat implements MessageFormat {
    private static final int OPEN_REPLY = 0x41;
    private static final int WRITE_DATA = 0x53;
    private static final int LARGEST_WRITE = 8192;
    private static final int CD = 0x10;

    private final BooleanSupplier open;
    private int expected;

    /**
     * A format for one session.
     *
     * @param open whether the reply to the opening has come; nothing else may come before it
     */
    IderFormat(BooleanSupplier open) {
        this.open = open;
    }

    @Override
    public boolean accepts(int type) {
        return open.getAsBoolean()
                ? switch (type) {
                    case 0x43, 0x44, 0x45, 0x46, 0x49, 0x4A, 0x4B, 0x50, WRITE_DATA -> true;
                    default -> false;
                }
                : type == OPEN_REPLY;
    }

    @Override
    public int length(int type, ByteBuf in) {
        return switch (type) {
            case OPEN_REPLY ->
                    in.readableBytes() < 30
                            ? LENGTH_UNKNOWN
                            : 30 + in.getUnsignedByte(in.readerIndex() + 29);
            case 0x46 -> 9;
            case 0x49 -> 13;
            case 0x4A -> 11;
            case 0x50 -> 28;
            case WRITE_DATA ->
                    in.readableBytes() < 11
                            ? LENGTH_UNKNOWN
                            : 14 + writeLength(in.getUnsignedShortLE(in.readerIndex() + 9));
            default -> 8;
        };
    }

    private static int writeLength(int length) {
        if (length > LARGEST_WRITE) {
            throw new RedirectionProtocolException(
                    "%d bytes to write (at most %d)".formatted(length, LARGEST_WRITE));
        }
        return length;
    }

    @Override
    public IderMessage read(int type, ByteBuf message, ByteBufAllocator allocator) {
        int sequence = message.skipBytes(4).readIntLE();
        if (sequence != expected) {
            throw new RedirectionProtocolException(
                    "sequence number %s in place of %s"
                            .formatted(
                                    Integer.toUnsignedString(sequence),
                                    Integer.toUnsignedString(expected)));
        }
        expected++;
        return switch (type) {
            case OPEN_REPLY -> {
                int read = message.skipBytes(8).readUnsignedShortLE();
                int write = message.readUnsignedShortLE();
                yield new IderMessage.OpenReply(read, write, message.skipBytes(1).readByte());
            }
            case 0x43 -> new IderMessage.Closed();
            case 0x44 -> new IderMessage.Ping();
            case 0x46 -> new IderMessage.ResetOccurred(message.readUnsignedByte());
            case 0x49 ->
                    new IderMessage.FeatureStatus(message.readUnsignedByte(), message.readIntLE());
            case 0x4A -> new IderMessage.Failed(message.readUnsignedByte());
            case 0x50 -> command(message);
            case WRITE_DATA -> new IderMessage.WriteData();
            default -> new IderMessage.Alive();
        };
    }

    private static IderMessage command(ByteBuf message) {
        boolean dma = (message.skipBytes(1).readByte() & 1) != 0;
        boolean cd = (message.skipBytes(4).readByte() & CD) != 0;
        byte[] cdb = new byte[12];
        message.skipBytes(1).readBytes(cdb);
        return new IderMessage.Command(cd ? DriveKind.CD : DriveKind.FLOPPY, dma, Octets.of(cdb));
    }
}
