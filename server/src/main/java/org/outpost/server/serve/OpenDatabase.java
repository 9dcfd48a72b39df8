package org.outpost.server.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.access.AccessControl;
import org.outpost.database.Database;
import org.outpost.database.DatabaseException;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.server.configuration.DatabaseSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The database that the configuration names, with its metric. */
final class OpenDatabase {
    private static final List<String> MIGRATIONS =
            List.of(Inventory.MIGRATIONS, AccessControl.MIGRATIONS);

    private OpenDatabase() {}

    /**
     * Opens it. Blocks.
     *
     * @throws StartFailedException in words that say what to do
     */
    static Database of(DatabaseSettings settings, Path folder, MeterRegistry meters)
            throws StartFailedException {
        try {
            Optional<PostgresSettings> postgres = settings.postgres();
            Database database =
                    postgres.isPresent()
                            ? Database.postgres(postgres.get(), MIGRATIONS)
                            : Database.sqlite(folder.resolve("outpost.db"), MIGRATIONS);
            Gauge.builder(
                            "outpost.database.up",
                            database,
                            open -> open.outage().isPresent() ? 0 : 1)
                    .description("1 while the database can be written, else 0")
                    .register(meters);
            return database;
        } catch (DatabaseException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
