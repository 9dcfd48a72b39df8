package org.outpost.simulator.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A record of the event log: 21 bytes, the time in little-endian order (wsman.md §9.1).
 *
 * @param seconds Unix time
 * @param sensorType what noticed it
 * @param eventType kind of the event
 * @param offset event offset; bit 7 says that it is over
 * @param source 68h the PC's firmware (ASF), 58h AMT itself
 * @param severity 1 monitor, 2 information, 4 OK, 8 non-critical, 10h critical
 * @param entity part of the PC
 * @param entityInstance which of them
 * @param data at most eight bytes; those that are missing are zero
 */
public record EventRecord(
        long seconds,
        int sensorType,
        int eventType,
        int offset,
        int source,
        int severity,
        int entity,
        int entityInstance,
        List<Integer> data) {
    /** Length of a record on the wire. */
    public static final int LENGTH = 21;

    private static final int DATA = 8;
    private static final byte NONE = (byte) 0xFF;

    public EventRecord {
        if (data.size() > DATA) {
            throw new IllegalArgumentException("at most eight bytes of data");
        }
        data = List.copyOf(data);
    }

    /** The bytes of the record; device address and sensor number are unspecified. */
    public byte[] bytes() {
        ByteBuffer record =
                ByteBuffer.allocate(LENGTH)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) seconds)
                        .put(NONE)
                        .put((byte) sensorType)
                        .put((byte) eventType)
                        .put((byte) offset)
                        .put((byte) source)
                        .put((byte) severity)
                        .put(NONE)
                        .put((byte) entity)
                        .put((byte) entityInstance);
        data.forEach(octet -> record.put(octet.byteValue()));
        return record.array();
    }
}
