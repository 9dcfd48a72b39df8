package org.outpost.apf.codec;

import io.netty.buffer.ByteBuf;

import java.util.UUID;

/**
 * The UUID on the wire: its first three groups little-endian, the last two as written, as SMBIOS
 * does (apf.md section 2.3).
 */
final class SystemIdCodec {
    private SystemIdCodec() {}

    static UUID read(ByteBuf in) {
        long timeLow = in.readUnsignedIntLE();
        long timeMid = in.readUnsignedShortLE();
        long timeHigh = in.readUnsignedShortLE();
        return new UUID(timeLow << 32 | timeMid << 16 | timeHigh, in.readLong());
    }

    static void write(UUID id, ByteBuf out) {
        long high = id.getMostSignificantBits();
        out.writeIntLE((int) (high >>> 32));
        out.writeShortLE((int) (high >>> 16));
        out.writeShortLE((int) high);
        out.writeLong(id.getLeastSignificantBits());
    }
}
