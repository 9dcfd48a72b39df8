package org.outpost.simulator.firmware;

import org.outpost.simulator.log.EventRecord;

/** Hears of what a device would tell its subscribers, on its event loop. */
@FunctionalInterface
public interface AlertListener {
    /** Something happened, whether it was noted in the event log or not. */
    void alert(EventRecord event);
}
