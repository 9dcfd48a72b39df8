package org.outpost.amt.operation.auditlog;

import org.outpost.amt.failure.DeviceText;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One record of the audit log (wsman.md section 9.2).
 *
 * @param appId which part of AMT
 * @param eventId which event of that part
 * @param initiatorType 0 HTTP digest, 1 Kerberos, 2 local, 3 KVM's default port
 * @param initiator who did it: a user name, a SID, or where from
 * @param time by the device's clock
 * @param locationType 0 IPv4, 1 IPv6, 2 none
 * @param address where from; may be empty
 * @param extended what belongs to the event, 0 to 255 each
 */
public record AuditRecord(
        int appId,
        int eventId,
        int initiatorType,
        String initiator,
        Instant time,
        int locationType,
        String address,
        List<Integer> extended) {
    private static final String LONG_LOOPBACK = "0000:0000:0000:0000:0000:0000:0000:0001";

    /** Copies the data. */
    public AuditRecord {
        extended = List.copyOf(extended);
    }

    /**
     * Reads a record; all integers are big-endian.
     *
     * @param record its bytes; what follows the record is ignored
     * @return empty when it is cut off, or has an initiator of an unknown kind
     */
    public static Optional<AuditRecord> decode(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        try {
            int appId = Short.toUnsignedInt(bytes.getShort());
            int eventId = Short.toUnsignedInt(bytes.getShort());
            int initiatorType = Byte.toUnsignedInt(bytes.get());
            String initiator =
                    switch (initiatorType) {
                        case 0 -> text(bytes);
                        case 1 -> sid(bytes.position(bytes.position() + 4));
                        case 2 -> "Local";
                        case 3 -> "KVM Default Port";
                        default -> throw new BufferUnderflowException();
                    };
            Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt()));
            int locationType = Byte.toUnsignedInt(bytes.get());
            String address = text(bytes).replace(LONG_LOOPBACK, "::1");
            byte[] extended = counted(bytes);
            List<Integer> data = new ArrayList<>(extended.length);
            for (byte one : extended) {
                data.add(Byte.toUnsignedInt(one));
            }
            return Optional.of(
                    new AuditRecord(
                            appId,
                            eventId,
                            initiatorType,
                            initiator,
                            time,
                            locationType,
                            address,
                            data));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] counted(ByteBuffer bytes) {
        byte[] counted = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(counted);
        return counted;
    }

    private static String text(ByteBuffer bytes) {
        return DeviceText.escape(new String(counted(bytes), StandardCharsets.ISO_8859_1));
    }

    /** A SID as Windows writes it: S-revision-authority-subauthorities. */
    private static String sid(ByteBuffer bytes) {
        byte[] raw = counted(bytes);
        if (raw.length < 8 || raw.length < 8 + 4 * raw[1]) {
            return HexFormat.of().formatHex(raw);
        }
        StringBuilder sid = new StringBuilder("S-").append(Byte.toUnsignedInt(raw[0]));
        long authority = 0;
        for (int i = 2; i < 8; i++) {
            authority = authority << 8 | Byte.toUnsignedLong(raw[i]);
        }
        sid.append('-').append(authority);
        for (int at = 8; at + 4 <= raw.length; at += 4) {
            long part = 0;
            for (int i = 3; i >= 0; i--) {
                part = part << 8 | Byte.toUnsignedLong(raw[at + i]);
            }
            sid.append('-').append(part);
        }
        return sid.toString();
    }

    /** Which part of AMT, for a person. */
    public String app() {
        return AuditTexts.app(appId);
    }

    /** What happened, for a person. */
    public String event() {
        return AuditTexts.event(appId, eventId);
    }

    /** What belongs to it, for a person; empty where nothing is known of it. */
    public Optional<String> details() {
        return AuditTexts.details(this);
    }
}
