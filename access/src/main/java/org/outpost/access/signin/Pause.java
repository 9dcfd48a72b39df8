package org.outpost.access.signin;

import java.time.Duration;

/** Lets some time pass on the thread of a request. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @throws InterruptedException when the waiting was interrupted
     */
    void of(Duration time) throws InterruptedException;
}
