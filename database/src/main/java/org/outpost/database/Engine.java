package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

/** All in which the databases differ. */
interface Engine {
    /** How messages call this database. */
    String name();

    /** A connection for the one writer; nobody else may write as long as it is open. */
    Connection openForWriting() throws SQLException;

    /** Connections for reading. */
    DataSource forReading();

    /** Connections for migrations, which may take their time. */
    DataSource forMigrations();

    /** How many reads run side by side. */
    int readers();

    /** Reads in the way that takes the least from others. */
    <T> T read(Jdbi connections, Function<Handle, T> work);

    /** Whether reading is hopeless when writing is. */
    boolean readsFailWithWrites();

    /** Whether the database, and not the work, is to blame for a failure on a live connection. */
    boolean isUnusable(Throwable failure);

    /** Why it failed, in words that say what to do. */
    String explain(Throwable failure);
}
