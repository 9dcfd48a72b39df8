package org.outpost.amt.redirection.ider;

import java.util.concurrent.atomic.LongAdder;

/** Counts of a session: written by its event loop, read by anybody. */
final class IderCounters {
    private final LongAdder commands = new LongAdder();
    private final LongAdder floppyBytes = new LongAdder();
    private final LongAdder cdBytes = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder resets = new LongAdder();
    private final LongAdder writesRefused = new LongAdder();

    void command() {
        commands.increment();
    }

    void read(DriveKind drive, long bytes) {
        (drive == DriveKind.CD ? cdBytes : floppyBytes).add(bytes);
    }

    void waited() {
        waits.increment();
    }

    void reset() {
        resets.increment();
    }

    void writeRefused() {
        writesRefused.increment();
    }

    IderStatistics snapshot() {
        return new IderStatistics(
                commands.sum(),
                floppyBytes.sum(),
                cdBytes.sum(),
                waits.sum(),
                resets.sum(),
                writesRefused.sum());
    }
}
