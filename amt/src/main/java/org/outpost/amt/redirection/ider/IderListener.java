package org.outpost.amt.redirection.ider;

/** Hears of a session, on its event loop; must not block. Does nothing unless overridden. */
public interface IderListener {
    /** Hears nothing. */
    IderListener NONE = new IderListener() {};

    /** The device has armed the drives, or attached them. */
    default void attached() {}

    /** The host was reset. */
    default void reset() {}

    /** The host has thrown the medium out; the drive is empty from now on. */
    default void ejected(DriveKind drive) {}

    /** The session is over and its images may be closed. Called once, last. */
    default void ended(IderEnd reason, IderStatistics statistics) {}
}
