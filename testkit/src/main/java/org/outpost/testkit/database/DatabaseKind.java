package org.outpost.testkit.database;

import java.nio.file.Path;

/** The databases that SQL must work on. */
public enum DatabaseKind {
    /** A file of its own for each test. */
    SQLITE {
        @Override
        public TestDatabase fresh(Path folder) {
            return new TestDatabase.SqliteFile(folder.resolve("outpost.db"));
        }
    },
    /** A database of its own for each test, on one server for all tests of this process. */
    POSTGRES {
        @Override
        public TestDatabase fresh(Path folder) {
            return new TestDatabase.OnPostgres(PostgresServer.shared().createDatabase());
        }
    };

    /**
     * Where an empty database may be made.
     *
     * @param folder where the test may leave files
     */
    public abstract TestDatabase fresh(Path folder);
}
