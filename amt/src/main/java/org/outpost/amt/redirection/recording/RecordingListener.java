package org.outpost.amt.redirection.recording;

/**
 * Hears that a recording is not whole, on any thread; must not block. Where sessions must be
 * recorded, either is the moment to end the session.
 */
public interface RecordingListener {
    /** Hears nothing. */
    RecordingListener NONE = new RecordingListener() {};

    /** The disk was too slow and bytes are not in the recording, which says so; told once. */
    default void incomplete() {}

    /** The file cannot be written any more: the disk is full or gone; told once. */
    default void failed() {}
}
