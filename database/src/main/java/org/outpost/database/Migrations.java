package org.outpost.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Brings a database to this release's schema, and refuses one that is newer.
 *
 * <p>Each module has tables of its own and numbers that no other has, such as a range. So a lower
 * number may come to a database that has higher ones.
 */
final class Migrations {
    /** What Flyway calls a migration that was run and is not known: above all known, or between. */
    private static final Set<MigrationState> UNKNOWN =
            EnumSet.of(
                    MigrationState.FUTURE_SUCCESS,
                    MigrationState.FUTURE_FAILED,
                    MigrationState.MISSING_SUCCESS,
                    MigrationState.MISSING_FAILED);

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
                        .outOfOrder(true)
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
                .filter(migration -> UNKNOWN.contains(migration.getState()))
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
