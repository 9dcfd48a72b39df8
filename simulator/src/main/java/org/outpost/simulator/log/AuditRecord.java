package org.outpost.simulator.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record of the audit log, all numbers in big-endian order (wsman.md §9.2).
 *
 * @param event what happened
 * @param initiator who did it
 * @param seconds Unix time
 * @param address IP address from where; empty when from nowhere
 * @param data what more the event has to say, at most 255 bytes
 */
public record AuditRecord(
        AuditEvent event, Initiator initiator, long seconds, String address, List<Integer> data) {
    /** Who did it. */
    public sealed interface Initiator {
        /** Somebody who signed in with digest. */
        record User(String name) implements Initiator {}

        /** Software on the PC, or the firmware itself. */
        record Local() implements Initiator {}
    }

    private static final int IPV4 = 0;
    private static final int IPV6 = 1;
    private static final int NOWHERE = 2;

    public AuditRecord {
        data = List.copyOf(data);
    }

    /** The bytes of the record. */
    public byte[] bytes() {
        byte[] name = initiator instanceof Initiator.User(String user) ? ascii(user) : new byte[0];
        byte[] from = ascii(address);
        int initiatorLength = initiator instanceof Initiator.User ? 2 + name.length : 1;
        ByteBuffer record =
                ByteBuffer.allocate(4 + initiatorLength + 4 + 2 + from.length + 1 + data.size());
        record.putShort((short) event.application()).putShort((short) event.event());
        switch (initiator) {
            case Initiator.User ignored -> record.put((byte) 0).put((byte) name.length).put(name);
            case Initiator.Local ignored -> record.put((byte) 2);
        }
        return record.putInt((int) seconds)
                .put((byte) locationType())
                .put((byte) from.length)
                .put(from)
                .put((byte) data.size())
                .put(extended())
                .array();
    }

    private byte[] extended() {
        byte[] bytes = new byte[data.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = data.get(i).byteValue();
        }
        return bytes;
    }

    private int locationType() {
        if (address.isEmpty()) {
            return NOWHERE;
        }
        return address.indexOf(':') < 0 ? IPV4 : IPV6;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
