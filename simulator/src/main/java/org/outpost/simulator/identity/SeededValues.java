package org.outpost.simulator.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Values that depend on nothing but seed, index and purpose. SHA-256 and no random generator of the
 * platform, so that a fleet is the same on every release of Java.
 */
final class SeededValues {
    private final String root;

    SeededValues(String seed, int index) {
        this.root = "outpost-simulator|" + seed + '|' + index + '|';
    }

    /** The 32 bytes that belong to a purpose. */
    byte[] bytes(String purpose) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((root + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A number from 0 to {@code bound - 1}. */
    int number(String purpose, int bound) {
        return Math.floorMod(ByteBuffer.wrap(bytes(purpose)).getLong(), bound);
    }

    <T> T oneOf(String purpose, List<T> choices) {
        return choices.get(number(purpose, choices.size()));
    }

    /** Upper-case hexadecimal digits, at most 64. */
    String hex(String purpose, int digits) {
        return HexFormat.of().withUpperCase().formatHex(bytes(purpose)).substring(0, digits);
    }
}
