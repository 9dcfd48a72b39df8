package org.outpost.simulator.stream;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that tell their position: the eight at positions 8k to 8k+7 are the big-endian form of k
 * times an odd constant. A lost, doubled or swapped byte is seen at once, from any position on.
 */
public final class StreamPattern {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private StreamPattern() {}

    /** The byte at a position from 0. */
    public static byte at(long position) {
        long word = (position >>> 3) * STEP;
        return (byte) (word >>> (8 * (7 - (int) (position & 7))));
    }

    /** Writes {@code length} bytes of the pattern from {@code position} on. */
    public static void write(ByteBuf target, long position, int length) {
        long at = position;
        long end = position + length;
        while (at < end && (at & 7) != 0) {
            target.writeByte(at(at++));
        }
        while (end - at >= Long.BYTES) {
            target.writeLong((at >>> 3) * STEP);
            at += Long.BYTES;
        }
        while (at < end) {
            target.writeByte(at(at++));
        }
    }

    /**
     * Compares all readable bytes with the pattern from {@code position} on; reads none.
     *
     * @return index of the first wrong byte, counted from the reader index; -1 when all are right
     */
    public static int mismatch(ByteBuf bytes, long position) {
        int from = bytes.readerIndex();
        int length = bytes.readableBytes();
        int i = 0;
        while (i < length) {
            long at = position + i;
            if ((at & 7) == 0
                    && length - i >= Long.BYTES
                    && bytes.getLong(from + i) == (at >>> 3) * STEP) {
                i += Long.BYTES;
            } else if (bytes.getByte(from + i) == at(at)) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }
}
