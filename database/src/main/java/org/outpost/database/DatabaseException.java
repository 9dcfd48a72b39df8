package org.outpost.database;

/** The database could not do what it was asked for; the cause says why. */
public class DatabaseException extends RuntimeException {
    /** With the reason in words, for the log. */
    public DatabaseException(String message) {
        super(message);
    }

    /** With the reason in words, for the log, and what led to it. */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
