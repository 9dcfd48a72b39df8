package org.outpost.simulator.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The event log: at most 390 records, the oldest go (wsman.md §9.1). To be used on the device's
 * event loop only.
 */
public final class EventLog {
    /** Most records. */
    public static final int CAPACITY = 390;

    private final Deque<EventRecord> newestFirst = new ArrayDeque<>();
    private boolean frozen;

    /** Notes an event, unless the log is frozen. */
    public void add(EventRecord record) {
        if (frozen) {
            return;
        }
        if (newestFirst.size() == CAPACITY) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(record);
    }

    /** The records as they stand now, newest first. */
    public List<EventRecord> records() {
        return new ArrayList<>(newestFirst);
    }

    /** How many there are. */
    public int size() {
        return newestFirst.size();
    }

    /** Whether nothing is noted now. */
    public boolean frozen() {
        return frozen;
    }

    /** Stops noting, or starts again. */
    public void freeze(boolean on) {
        frozen = on;
    }

    /** Forgets everything. */
    public void clear() {
        newestFirst.clear();
    }
}
