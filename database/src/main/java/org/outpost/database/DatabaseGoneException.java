package org.outpost.database;

/**
 * The database does not answer now; the work was not at fault, and may be tried again later.
 * Usually nothing was written; only where the connection broke at the very commit nobody knows, so
 * work that is tried again must bear that it was done before.
 */
public final class DatabaseGoneException extends DatabaseException {
    DatabaseGoneException(String message) {
        super(message);
    }

    DatabaseGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
