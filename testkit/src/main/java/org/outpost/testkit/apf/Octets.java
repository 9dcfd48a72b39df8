package org.outpost.testkit.apf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that compare by content and print readably in a failed assertion. */
public final class Octets {
    private static final int PRINTED = 48;
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /** The Latin-1 bytes of a text. */
    public static Octets ofText(String text) {
        return new Octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * The bytes of a hexadecimal text; blanks between digits are allowed.
     *
     * @throws IllegalArgumentException if the text is not hexadecimal
     */
    public static Octets ofHex(String hex) {
        return new Octets(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** How many bytes. */
    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal without blanks. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes read as Latin-1. */
    public String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        String shown = HexFormat.of().formatHex(bytes, 0, Math.min(PRINTED, bytes.length));
        return bytes.length + " bytes " + shown + (bytes.length > PRINTED ? "..." : "");
    }
}
