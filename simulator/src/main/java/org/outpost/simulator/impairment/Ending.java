package org.outpost.simulator.impairment;

import java.time.Duration;

/**
 * How a device's connection ends without a word.
 *
 * @param kind what happens
 * @param after time from the connection's begin, at least
 * @param spread time that is added at most, at random
 */
public record Ending(Kind kind, Duration after, Duration spread) {
    /** The ways to end. */
    public enum Kind {
        /** The device does not end it. */
        NONE,
        /** The connection is reset. */
        RESET,
        /**
         * The device is gone, but nobody tells the server: the connection stays open and is neither
         * read nor written any more.
         */
        SILENCE
    }

    /** No end of its own. */
    public static final Ending NONE = new Ending(Kind.NONE, Duration.ZERO, Duration.ZERO);
}
