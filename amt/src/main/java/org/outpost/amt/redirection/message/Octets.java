package org.outpost.amt.redirection.message;

import java.util.Arrays;

/** Bytes that do not change. Their text is their number only, since they may be a secret. */
public final class Octets {
    /** No bytes. */
    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the bytes. */
    public static Octets of(byte... bytes) {
        return new Octets(bytes.clone());
    }

    /** How many. */
    public int length() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Whether one of them is this. */
    public boolean contains(int value) {
        for (byte one : bytes) {
            if ((one & 0xFF) == value) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
