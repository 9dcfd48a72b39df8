package org.outpost.testkit.database;

import java.nio.file.Path;
import java.util.function.Function;

/** A place for one database. Opening it twice finds what was left there the first time. */
public sealed interface TestDatabase {
    /**
     * Opens it.
     *
     * @param sqlite opens a database in a file, which need not be there yet
     * @param postgres opens a database on a server
     */
    <T> T open(Function<Path, T> sqlite, Function<PostgresAddress, T> postgres);

    /** A file for SQLite. */
    record SqliteFile(Path file) implements TestDatabase {
        @Override
        public <T> T open(Function<Path, T> sqlite, Function<PostgresAddress, T> postgres) {
            return sqlite.apply(file);
        }
    }

    /** A database on a PostgreSQL server. */
    record OnPostgres(PostgresAddress address) implements TestDatabase {
        @Override
        public <T> T open(Function<Path, T> sqlite, Function<PostgresAddress, T> postgres) {
            return postgres.apply(address);
        }
    }
}
