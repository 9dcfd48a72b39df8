package org.outpost.testkit.apf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Appends the primitive types of APF: big-endian numbers and strings with a four-byte length. */
final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireWriter(int type) {
        out.write(type);
    }

    WireWriter u8(int value) {
        out.write(value);
        return this;
    }

    WireWriter u16(int value) {
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    WireWriter u32(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("not a u32: " + value);
        }
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
        return this;
    }

    WireWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    WireWriter counted(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    WireWriter str(String text) {
        return counted(text.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter zeros(int count) {
        return raw(new byte[count]);
    }

    /** apf.md 2.3: the first three groups little-endian, the last two as written. */
    WireWriter uuid(UUID uuid) {
        long high = uuid.getMostSignificantBits();
        out.writeBytes(
                ByteBuffer.allocate(16)
                        .putInt(Integer.reverseBytes((int) (high >>> 32)))
                        .putShort(Short.reverseBytes((short) (high >>> 16)))
                        .putShort(Short.reverseBytes((short) high))
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
        return this;
    }

    byte[] done() {
        return out.toByteArray();
    }
}
