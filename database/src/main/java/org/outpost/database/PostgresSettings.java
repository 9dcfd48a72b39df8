package org.outpost.database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a PostgreSQL database is, and as whom to use it.
 *
 * @param url with neither user nor password
 * @param user the role that owns the tables; empty for the name of this process's user
 * @param passwordFile holds the password and nothing else, read at each new connection; null where
 *     the server asks for none (trust, or a client certificate named in the URL)
 * @param readers how many connections read side by side, 1 or more; the writer has one more
 */
public record PostgresSettings(
        PostgresUrl url, String user, @Nullable Path passwordFile, int readers) {
    public PostgresSettings {
        if (readers < 1) {
            throw new IllegalArgumentException("need at least one connection for readers");
        }
    }

    /**
     * Reads the URL.
     *
     * @param url {@code jdbc:postgresql://…} or {@code postgresql://…}
     * @param user as whom; null to take the one in the URL
     * @throws IllegalArgumentException when the URL is none of PostgreSQL, holds a password or
     *     another user; the message says what to write
     */
    public static PostgresSettings of(
            String url, @Nullable String user, @Nullable Path passwordFile, int readers) {
        PostgresUrl parsed = PostgresUrl.parse(url);
        if (user != null && !parsed.user().isEmpty() && !parsed.user().equals(user)) {
            throw new IllegalArgumentException(
                    "names the user \""
                            + parsed.user()
                            + "\", and the key \"user\" names another; write it in one place");
        }
        return new PostgresSettings(
                parsed, Objects.requireNonNullElse(user, parsed.user()), passwordFile, readers);
    }
}
