package org.outpost.gateway.devicetraffic;

import java.util.Arrays;

/** The bytes of an alert as they came. Immutable. */
public final class RawAlert {
    private final byte[] bytes;

    /** Copies the bytes. */
    public RawAlert(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many there are. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawAlert raw && Arrays.equals(bytes, raw.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Only the size: what devices send does not belong into logs by accident. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
