package org.outpost.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

import java.util.Arrays;
import java.util.List;

/** Brings a database to this release's schema, and refuses one that is newer. */
final class Migrations {
    private final Engine engine;
    private final Flyway flyway;

    /**
     * Prepares; touches nothing.
     *
     * @param locations where Flyway finds the migrations
     */
    Migrations(Engine engine, List<String> locations) {
        this.engine = engine;
        this.flyway =
                Flyway.configure()
                        .dataSource(engine.forMigrations())
                        .locations(locations.toArray(String[]::new))
                        .failOnMissingLocations(true)
                        .load();
    }

    /**
     * Runs what is missing.
     *
     * @throws DatabaseException when the schema is newer than this release, or a migration fails
     */
    void run() {
        try {
            refuseNewer();
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    engine.name()
                            + " cannot be brought to this release's schema: "
                            + engine.explain(e),
                    e);
        }
    }

    /** Flyway itself would go on with what it does not know. */
    private void refuseNewer() {
        MigrationInfo[] known = flyway.info().all();
        Arrays.stream(known)
                .filter(migration -> migration.getState().name().startsWith("FUTURE"))
                .reduce((first, second) -> second)
                .ifPresent(
                        newest -> {
                            throw new DatabaseException(
                                    engine.name()
                                            + " was written by a newer release: its schema is "
                                            + newest.getVersion()
                                            + ", which this release does not know. Start that"
                                            + " release again, or go back to a backup from before"
                                            + " it");
                        });
    }
}
