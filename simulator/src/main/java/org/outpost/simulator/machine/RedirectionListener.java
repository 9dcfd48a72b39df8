package org.outpost.simulator.machine;

/** Hears of redirection sessions and switches, on the device's event loop. */
public interface RedirectionListener {
    /** A session has started. */
    default void started(RedirectionSession session) {}

    /** A session is over. */
    default void ended(RedirectionSession session) {}

    /**
     * A kind was switched.
     *
     * @param user who did it
     */
    default void switched(RedirectionKind kind, boolean enabled, String user) {}
}
