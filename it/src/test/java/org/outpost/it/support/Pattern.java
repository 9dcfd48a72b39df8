package org.outpost.it.support;

/** Bytes that tell their position, so that a lost, doubled or swapped one is seen. */
public final class Pattern {
    private Pattern() {}

    /** The byte at a position from 0; streams of different seeds differ. */
    public static byte at(int seed, long position) {
        long mixed = (position + 1 + ((long) seed << 40)) * 0x9E37_79B9_7F4A_7C15L;
        return (byte) (mixed >>> 56);
    }

    /** The bytes from a position on. */
    public static byte[] bytes(int seed, long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(seed, position + i);
        }
        return bytes;
    }

    /**
     * Compares bytes with those from a position on.
     *
     * @throws AssertionError naming the first wrong position
     */
    public static void check(int seed, long position, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != at(seed, position + i)) {
                throw new AssertionError(
                        "byte %d of stream %d is %d instead of %d"
                                .formatted(position + i, seed, bytes[i], at(seed, position + i)));
            }
        }
    }
}
