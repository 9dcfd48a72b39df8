package org.outpost.server.serve;

/** The server cannot start. The message says why and what to do, in one line. */
public final class StartFailedException extends Exception {
    /** Makes an exception. */
    public StartFailedException(String message) {
        super(message);
    }

    /** Makes an exception with what caused it, for the log. */
    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
