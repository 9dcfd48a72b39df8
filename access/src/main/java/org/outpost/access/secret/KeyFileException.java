package org.outpost.access.secret;

/** A file with keys cannot be used. The message is for the operator, and says what to do. */
public final class KeyFileException extends Exception {
    /** With the reason in words. */
    public KeyFileException(String message) {
        super(message);
    }

    /** With the reason in words, and what led to it. */
    public KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
