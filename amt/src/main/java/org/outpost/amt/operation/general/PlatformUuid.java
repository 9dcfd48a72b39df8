package org.outpost.amt.operation.general;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** UUIDs in SMBIOS layout: the first three fields are little-endian (wsman.md section 3). */
public final class PlatformUuid {
    private static final int BYTES = 16;

    private PlatformUuid() {}

    /**
     * Reads 16 raw bytes.
     *
     * @param raw as AMT gives them
     * @return empty when they are not 16
     */
    public static Optional<UUID> ofRaw(byte[] raw) {
        if (raw.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        long first = Integer.toUnsignedLong(bytes.getInt()) << 32;
        first |= Short.toUnsignedLong(bytes.getShort()) << 16;
        first |= Short.toUnsignedLong(bytes.getShort());
        return Optional.of(new UUID(first, bytes.order(ByteOrder.BIG_ENDIAN).getLong()));
    }

    /**
     * Reads the same bytes as 32 hexadecimal digits (PlatformGUID).
     *
     * @param hex the digits
     */
    public static Optional<UUID> ofHex(String hex) {
        try {
            return ofRaw(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
