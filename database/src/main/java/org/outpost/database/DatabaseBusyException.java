package org.outpost.database;

/** Too much waits for the database already; nothing was done. */
public final class DatabaseBusyException extends DatabaseException {
    DatabaseBusyException(String message) {
        super(message);
    }
}
