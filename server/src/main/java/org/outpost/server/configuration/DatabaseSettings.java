package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.database.PostgresSettings;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;
import java.util.Optional;

/** Where what must be remembered is kept (docs/database.md). */
public record DatabaseSettings(
        @Doc(
                        "A PostgreSQL database, such as"
                            + " `jdbc:postgresql://db.example.com:5432/outpost?sslmode=verify-full`;"
                            + " `postgresql://…` will do too. Without it everything is kept in the"
                            + " file `outpost.db` (SQLite) of `data-dir`. Only one server may use a"
                            + " database.")
                @Nullable String url,
        @Doc(
                        "As whom to use PostgreSQL. Without it the user in the URL, or the one that"
                                + " this process runs as.")
                @Nullable String user,
        @Doc(
                        "A file with the password of PostgreSQL's user and nothing else. Read again"
                                + " for each new connection. Left out where the server asks for"
                                + " none.")
                @Live(Change.NAMED_FILE)
                @MustExist
                @Nullable Path passwordFile,
        @Doc("How many connections to PostgreSQL read side by side; one more writes.")
                @Default("4")
                @Range(min = 1, max = 100)
                int connections) {
    /**
     * The database on PostgreSQL; empty when it is SQLite.
     *
     * @throws IllegalArgumentException when the URL cannot be used; the message continues "url …"
     */
    public Optional<PostgresSettings> postgres() {
        return url == null
                ? Optional.empty()
                : Optional.of(PostgresSettings.of(url, user, passwordFile, connections));
    }
}
