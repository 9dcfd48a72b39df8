package org.outpost.amt.redirection.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.message.MessageCode;
import org.outpost.amt.redirection.message.Octets;
import org.outpost.amt.redirection.message.SessionMessage;
import org.outpost.amt.redirection.message.StartStatus;

import java.util.function.IntPredicate;

/**
 * Reads {@link SessionMessage}s (redirection.md §1). A successful start reply has 13 octets and its
 * OEM data, any other has four.
 */
public final class SessionFormat implements MessageFormat {
    /** Bytes of data in an authentication message: eight strings of 255 and their length bytes. */
    public static final int LARGEST_DATA = 8 * 256;

    private static final int START = 8;
    private static final int START_REPLY = 13;
    private static final int SHORT = 4;
    private static final int AUTHENTICATE = 9;

    private final IntPredicate expected;

    /**
     * A format whose types are judged by the state of the reader.
     *
     * @param expected says for a type byte whether it may come now
     */
    public SessionFormat(IntPredicate expected) {
        this.expected = expected;
    }

    @Override
    public boolean accepts(int type) {
        return type >= MessageCode.START_SESSION
                && type <= MessageCode.AUTHENTICATE_REPLY
                && expected.test(type);
    }

    @Override
    public int length(int type, ByteBuf in) {
        int available = in.readableBytes();
        int at = in.readerIndex();
        return switch (type) {
            case MessageCode.START_SESSION -> START;
            case MessageCode.END_SESSION -> SHORT;
            case MessageCode.START_SESSION_REPLY -> {
                if (available >= 2 && in.getByte(at + 1) != StartStatus.SUCCESS) {
                    yield SHORT;
                }
                yield available < START_REPLY
                        ? LENGTH_UNKNOWN
                        : START_REPLY + in.getUnsignedByte(at + START_REPLY - 1);
            }
            default ->
                    available < AUTHENTICATE
                            ? LENGTH_UNKNOWN
                            : AUTHENTICATE + dataLength(in.getUnsignedIntLE(at + 5));
        };
    }

    private static int dataLength(long length) {
        if (length > LARGEST_DATA) {
            throw new RedirectionProtocolException(
                    "%d bytes of authentication data (at most %d)".formatted(length, LARGEST_DATA));
        }
        return (int) length;
    }

    @Override
    public SessionMessage read(int type, ByteBuf message, ByteBufAllocator allocator) {
        message.skipBytes(1);
        return switch (type) {
            case MessageCode.START_SESSION -> start(message.skipBytes(3).readInt());
            case MessageCode.END_SESSION -> new SessionMessage.EndSession();
            case MessageCode.START_SESSION_REPLY -> startReply(message);
            case MessageCode.AUTHENTICATE -> {
                int method = message.skipBytes(3).readUnsignedByte();
                yield new SessionMessage.Authenticate(method, data(message.skipBytes(4)));
            }
            default -> {
                int status = message.readUnsignedByte();
                int method = message.skipBytes(2).readUnsignedByte();
                yield new SessionMessage.AuthenticateReply(
                        status, method, data(message.skipBytes(4)));
            }
        };
    }

    private static SessionMessage start(int tag) {
        RedirectionKind kind =
                RedirectionKind.ofTag(tag)
                        .orElseThrow(
                                () ->
                                        new RedirectionProtocolException(
                                                "unknown session tag %08x".formatted(tag)));
        return new SessionMessage.StartSession(kind);
    }

    private static SessionMessage startReply(ByteBuf message) {
        int status = message.readUnsignedByte();
        message.skipBytes(2);
        if (status != StartStatus.SUCCESS) {
            return SessionMessage.StartSessionReply.refusal(status);
        }
        int version = message.readIntLE();
        int iana = message.readIntLE();
        return new SessionMessage.StartSessionReply(
                status, version, iana, data(message.skipBytes(1)));
    }

    private static Octets data(ByteBuf message) {
        byte[] data = new byte[message.readableBytes()];
        message.readBytes(data);
        return Octets.of(data);
    }
}
