package org.outpost.simulator.log;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The audit log: records in the order of what happened, the oldest go when its bytes are full. To
 * be used on the device's event loop only.
 */
public final class AuditLog {
    /** Bytes that the records of a device may fill. */
    public static final int CAPACITY = 30 * 1024;

    private final List<byte[]> oldestFirst = new ArrayList<>();
    private int size;
    private long lastSeconds;
    private boolean enabled = true;

    /** Notes what happened, unless the log is switched off. */
    public void add(AuditRecord record) {
        if (!enabled) {
            return;
        }
        byte[] bytes = record.bytes();
        while (size + bytes.length > CAPACITY) {
            size -= oldestFirst.removeFirst().length;
        }
        oldestFirst.add(bytes);
        size += bytes.length;
        lastSeconds = record.seconds();
    }

    /** How many records there are. */
    public int count() {
        return oldestFirst.size();
    }

    /** The bytes of the record with that number, from 1; null when there is none. */
    public byte @Nullable [] record(int number) {
        return number < 1 || number > oldestFirst.size()
                ? null
                : oldestFirst.get(number - 1).clone();
    }

    /** How much of the room is free, from 0 to 100. */
    public int percentageFree() {
        return 100 - size * 100 / CAPACITY;
    }

    /** Unix time of the last record; 0 when there was none. */
    public long lastSeconds() {
        return lastSeconds;
    }

    /** Whether anything is noted. */
    public boolean enabled() {
        return enabled;
    }

    /** Switches it. */
    public void enable(boolean on) {
        enabled = on;
    }

    /** Forgets everything. */
    public void clear() {
        oldestFirst.clear();
        size = 0;
    }
}
