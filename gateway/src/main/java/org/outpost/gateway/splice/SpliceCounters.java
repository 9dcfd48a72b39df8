package org.outpost.gateway.splice;

import org.outpost.gateway.traffic.ByteCount;

import java.util.concurrent.atomic.LongAdder;

/** Bytes that went through the splices of one door. */
public final class SpliceCounters implements ByteCount {
    private final LongAdder toDevice = new LongAdder();
    private final LongAdder toConsole = new LongAdder();
    private final LongAdder discarded = new LongAdder();

    /** Bytes that devices' channels took. */
    @Override
    public long toDevice() {
        return toDevice.sum();
    }

    /** Bytes from devices, counted when consoles' sockets took them. */
    @Override
    public long fromDevice() {
        return toConsole.sum();
    }

    /** Bytes that consoles' sockets took. */
    public long toConsole() {
        return toConsole.sum();
    }

    /** Bytes that arrived when the other side was no longer there to take them. */
    public long discarded() {
        return discarded.sum();
    }

    void addToDevice(long bytes) {
        toDevice.add(bytes);
    }

    void addToConsole(long bytes) {
        toConsole.add(bytes);
    }

    void addDiscarded(long bytes) {
        discarded.add(bytes);
    }
}
