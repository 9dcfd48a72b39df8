package org.outpost.amt.operation.eventlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One record of the event log (wsman.md section 9.1).
 *
 * @param time by the device's clock
 * @param deviceAddress FFh for none
 * @param sensorType what kind of sensor
 * @param eventType what kind of event
 * @param offset which event of its kind, without the deassertion bit
 * @param deasserted whether the condition is over
 * @param sourceType who reported it: 68h ASF, 58h the management engine
 * @param severity 1 monitor, 2 information, 4 OK, 8 non-critical, 10h critical, 20h non-recoverable
 * @param sensorNumber which sensor
 * @param entity which part of the system
 * @param entityInstance which of several
 * @param data eight bytes, 0 to 255 each
 */
public record EventRecord(
        Instant time,
        int deviceAddress,
        int sensorType,
        int eventType,
        int offset,
        boolean deasserted,
        int sourceType,
        int severity,
        int sensorNumber,
        int entity,
        int entityInstance,
        List<Integer> data) {
    private static final int BYTES = 21;
    private static final int DATA = 8;
    private static final int DEASSERTED = 0x80;

    /** Copies the data. */
    public EventRecord {
        data = List.copyOf(data);
    }

    /**
     * Reads a record.
     *
     * @param record its bytes; more than 21 are ignored
     * @return empty when there are fewer than 21
     */
    public static Optional<EventRecord> decode(byte[] record) {
        if (record.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt()));
        int address = next(bytes);
        int sensorType = next(bytes);
        int eventType = next(bytes);
        int offset = next(bytes);
        int sourceType = next(bytes);
        int severity = next(bytes);
        int sensorNumber = next(bytes);
        int entity = next(bytes);
        int entityInstance = next(bytes);
        List<Integer> data = new ArrayList<>(DATA);
        for (int i = 0; i < DATA; i++) {
            data.add(next(bytes));
        }
        return Optional.of(
                new EventRecord(
                        time,
                        address,
                        sensorType,
                        eventType,
                        offset & ~DEASSERTED,
                        (offset & DEASSERTED) != 0,
                        sourceType,
                        severity,
                        sensorNumber,
                        entity,
                        entityInstance,
                        data));
    }

    private static int next(ByteBuffer bytes) {
        return Byte.toUnsignedInt(bytes.get());
    }

    /** What happened, for a person. */
    public String description() {
        return EventTexts.describe(this);
    }

    /** Where it happened, for a person. */
    public String entityName() {
        return EventTexts.entity(entity);
    }

    /** How bad it is, for a person. */
    public String severityName() {
        return EventTexts.severity(severity);
    }

    /** Whether the user asked for help: Fast Call for Help (events.md section 2). */
    public boolean callForHelp() {
        return sensorType == 0xC1 && data.get(0) == 0xAA && data.get(1) == 0x30 && data.get(2) == 0;
    }
}
