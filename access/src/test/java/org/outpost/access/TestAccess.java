package org.outpost.access;

import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.testkit.database.TestDatabase;

import java.util.List;

/** Opens a database with the tables of this module. */
public final class TestAccess {
    private TestAccess() {}

    /** Opens, or opens again. */
    public static Database open(TestDatabase place) {
        List<String> migrations = List.of(AccessControl.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }
}
