package org.outpost.amt.traffic;

import org.outpost.amt.failure.AmtFailure;

import java.time.Duration;
import java.util.Optional;

/** Hears of every call that has ended: for metrics and logs. Must not block. */
@FunctionalInterface
public interface CallListener {
    /** Hears nothing. */
    CallListener NONE = (what, waited, took, failure) -> {};

    /**
     * A call has left the device's queue.
     *
     * @param what class and operation
     * @param waited how long it stood in the queue
     * @param took how long the device took for it; zero when it was never sent
     * @param failure why it failed; empty when it did not
     */
    void ended(String what, Duration waited, Duration took, Optional<AmtFailure> failure);
}
