package org.outpost.gateway.devicetraffic;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What two sendings of one PET have in common (events.md sections 1.2 and 1.3): GUID, sequence
 * number, specific trap and event data. Looks only for these in the datagram's BER; what a PET
 * means is for others to decode.
 *
 * @param text the parts in hexadecimal digits
 */
record PetKey(String text) {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int OID = 0x06;
    private static final int TRAP = 0xA4;
    private static final int ADDRESS = 0x40;
    private static final int TICKS = 0x43;
    private static final int SHORTEST_VALUE = 47;
    private static final int GUID_AND_SEQUENCE = 18;
    private static final int EVENT_DATA = 31;
    private static final int EVENT_DATA_END = 39;

    /** The key; null when the datagram is no PET, or its sequence number is unspecified. */
    static @Nullable PetKey of(byte[] datagram) {
        try {
            ByteBuffer trap = ByteBuffer.wrap(datagram);
            trap = enter(trap, SEQUENCE);
            skip(trap, INTEGER);
            skip(trap, OCTETS);
            trap = enter(trap, TRAP);
            skip(trap, OID);
            skip(trap, ADDRESS);
            skip(trap, INTEGER);
            byte[] specific = bytes(enter(trap, INTEGER));
            skip(trap, TICKS);
            ByteBuffer binding = enter(enter(trap, SEQUENCE), SEQUENCE);
            skip(binding, OID);
            byte[] value = bytes(enter(binding, OCTETS));
            if (value.length < SHORTEST_VALUE || (value[16] == 0 && value[17] == 0)) {
                return null;
            }
            HexFormat hex = HexFormat.of();
            return new PetKey(
                    hex.formatHex(value, 0, GUID_AND_SEQUENCE)
                            + '-'
                            + hex.formatHex(specific)
                            + '-'
                            + hex.formatHex(value, EVENT_DATA, EVENT_DATA_END));
        } catch (NotBer e) {
            return null;
        }
    }

    /** The content of the next element, which has to have this tag. */
    private static ByteBuffer enter(ByteBuffer in, int tag) throws NotBer {
        if (u8(in) != tag) {
            throw new NotBer();
        }
        int length = length(in);
        if (length > in.remaining()) {
            throw new NotBer();
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    private static void skip(ByteBuffer in, int tag) throws NotBer {
        enter(in, tag);
    }

    private static int length(ByteBuffer in) throws NotBer {
        int first = u8(in);
        return switch (first) {
            case 0x81 -> u8(in);
            case 0x82 -> u8(in) << 8 | u8(in);
            default -> {
                if (first > 0x7F) {
                    throw new NotBer();
                }
                yield first;
            }
        };
    }

    private static int u8(ByteBuffer in) throws NotBer {
        if (!in.hasRemaining()) {
            throw new NotBer();
        }
        return Byte.toUnsignedInt(in.get());
    }

    private static byte[] bytes(ByteBuffer content) {
        return Arrays.copyOfRange(
                content.array(), content.arrayOffset(), content.arrayOffset() + content.limit());
    }

    /** The datagram is something else. */
    private static final class NotBer extends Exception {
        NotBer() {
            super("not the BER of a PET", null, false, false);
        }
    }
}
