package org.outpost.simulator.machine;

/** Hears what becomes of a consent, on the device's event loop. Does nothing unless overridden. */
public interface ConsentListener {
    /** A code stands on the screen. */
    default void shown() {}

    /** The right code came. */
    default void granted() {}

    /** Three wrong codes came; everything starts again. */
    default void failed() {}

    /** What was granted counts no more. */
    default void ended() {}
}
