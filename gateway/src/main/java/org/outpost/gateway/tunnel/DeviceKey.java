package org.outpost.gateway.tunnel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Under which UUID we know a device. Usually the one that it announced. Some boards leave the
 * factory with a UUID that many share (design §5); those are told apart by their credential, and
 * their key is derived from both.
 *
 * @param id the UUID that identifies the device everywhere outside its tunnel
 * @param announced the UUID of its PROTOCOLVERSION message
 */
public record DeviceKey(UUID id, UUID announced) {
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /**
     * The key of a device. The same claim gives the same key for ever: it depends on nothing else.
     */
    public static DeviceKey of(UUID announced, String principal) {
        return JunkUuid.isJunk(announced)
                ? new DeviceKey(derived(announced, principal), announced)
                : new DeviceKey(announced, announced);
    }

    /** Whether the announced UUID says nothing, so that the credential stands in for it. */
    public boolean isJunk() {
        return JunkUuid.isJunk(announced);
    }

    // RFC 9562 §5.8: a version 8 UUID, so that it is never taken for one of a board.
    private static UUID derived(UUID announced, String principal) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("outpost device key".getBytes(StandardCharsets.US_ASCII));
            sha256.update(
                    ByteBuffer.allocate(16)
                            .putLong(announced.getMostSignificantBits())
                            .putLong(announced.getLeastSignificantBits())
                            .flip());
            ByteBuffer digest =
                    ByteBuffer.wrap(sha256.digest(principal.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                    (digest.getLong() & ~0xF000L) | VERSION_8,
                    (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
