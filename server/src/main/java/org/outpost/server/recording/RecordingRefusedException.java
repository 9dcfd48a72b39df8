package org.outpost.server.recording;

/** A console that must be recorded cannot be; the message is a sentence that says why. */
public final class RecordingRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RecordingRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
