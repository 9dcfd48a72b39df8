package org.outpost.simulator.fault;

import java.time.Duration;

/**
 * What goes wrong on one device. Asked once for each thing that may go wrong; used on the device's
 * event loop only.
 */
public interface FaultSource {
    /** Nothing goes wrong. */
    FaultSource NONE = new FaultSource() {};

    /** What becomes of the answer to a WS-Management request. */
    enum Answer {
        /** As it should be. */
        RIGHT,
        /** 503, before anything was done. */
        BUSY,
        /** None, for ever, on a connection that stays open. */
        NEVER,
        /** Its first half, and the end of the connection. */
        TRUNCATED,
        /** In chunks, which is right but rare. */
        CHUNKED
    }

    /** What becomes of the next answer. */
    default Answer answer() {
        return Answer.RIGHT;
    }

    /** How long the next answer takes. */
    default Duration delay() {
        return Duration.ZERO;
    }

    /** Whether right credentials are refused now. */
    default boolean refusesCredentials() {
        return false;
    }

    /** Whether a nonce that would be taken counts as too old now. */
    default boolean nonceStale() {
        return false;
    }

    /** Whether there is no room for an enumeration now. */
    default boolean outOfContexts() {
        return false;
    }

    /**
     * After how many requests a connection is closed.
     *
     * @param usual the number without a fault
     */
    default int requestsPerConnection(int usual) {
        return usual;
    }
}
