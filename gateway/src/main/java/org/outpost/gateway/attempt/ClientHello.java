package org.outpost.gateway.attempt;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client offers in its first message (RFC 8446 section 4.1.2), as far as it was there when
 * we looked. For people who wonder why nothing was agreed on; nothing is decided by it.
 *
 * @param version the newest version offered, as its wire number, such as 0x0303 for TLS 1.2
 * @param suites the cipher suites offered, as their wire numbers; at most {@value #MOST_SUITES}
 */
public record ClientHello(int version, List<Integer> suites) {
    private static final int MOST_SUITES = 64;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int RANDOM = 32;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_3 = 0x0304;

    /** Keeps its own copy. */
    public ClientHello {
        suites = List.copyOf(suites);
    }

    /**
     * Reads what came first on a connection, without taking it.
     *
     * @param first the bytes so far; neither index is moved
     * @return empty when that is no ClientHello, or not yet enough of one
     */
    public static Optional<ClientHello> peek(ByteBuf first) {
        ByteBuf in = first.slice();
        if (in.readableBytes() < RECORD_HEADER + MESSAGE_HEADER + 2 + RANDOM + 1
                || in.readByte() != HANDSHAKE_RECORD) {
            return Optional.empty();
        }
        in.skipBytes(RECORD_HEADER - 1);
        if (in.readByte() != CLIENT_HELLO) {
            return Optional.empty();
        }
        in.skipBytes(MESSAGE_HEADER - 1);
        int version = in.readUnsignedShort();
        in.skipBytes(RANDOM);
        int session = in.readUnsignedByte();
        if (in.readableBytes() < session + 2) {
            return Optional.empty();
        }
        in.skipBytes(session);
        int length = in.readUnsignedShort();
        List<Integer> suites = new ArrayList<>();
        int left = length;
        for (; left >= 2 && in.readableBytes() >= 2; left -= 2) {
            int suite = in.readUnsignedShort();
            if (suites.size() < MOST_SUITES && !isGrease(suite)) {
                suites.add(suite);
            }
        }
        return Optional.of(
                new ClientHello(left == 0 ? Math.max(version, newest(in)) : version, suites));
    }

    /** The newest version of the extension that TLS 1.3 brought; 0 without it. */
    private static int newest(ByteBuf in) {
        if (in.readableBytes() < 1) {
            return 0;
        }
        int compressions = in.readUnsignedByte();
        if (in.readableBytes() < compressions + 2) {
            return 0;
        }
        in.skipBytes(compressions + 2);
        while (in.readableBytes() >= 4) {
            int type = in.readUnsignedShort();
            int length = in.readUnsignedShort();
            if (in.readableBytes() < length) {
                return 0;
            }
            if (type == SUPPORTED_VERSIONS) {
                return newestOf(in.readSlice(length));
            }
            in.skipBytes(length);
        }
        return 0;
    }

    private static int newestOf(ByteBuf versions) {
        int newest = 0;
        if (versions.isReadable()) {
            versions.skipBytes(1);
        }
        while (versions.readableBytes() >= 2) {
            int version = versions.readUnsignedShort();
            if (!isGrease(version)) {
                newest = Math.max(newest, version);
            }
        }
        return newest;
    }

    /** Values that clients throw in to keep servers tolerant (RFC 8701). */
    private static boolean isGrease(int value) {
        return (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
    }

    /** The version as Java writes it, such as {@code TLSv1.2}. */
    public String versionName() {
        if (version == TLS_1_0) {
            return "TLSv1";
        }
        return version > TLS_1_0 && version <= TLS_1_3
                ? "TLSv1." + (version - TLS_1_0)
                : String.format("0x%04x", version);
    }

    /** The offer in words, such as {@code offers up to TLSv1 and the suites 002f 0035}. */
    public String words() {
        StringBuilder words = new StringBuilder("offers up to ").append(versionName());
        if (!suites.isEmpty()) {
            words.append(" and the suites");
            suites.forEach(suite -> words.append(String.format(" %04x", suite)));
        }
        return words.toString();
    }
}
