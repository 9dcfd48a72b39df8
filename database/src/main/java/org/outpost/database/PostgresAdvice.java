package org.outpost.database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Says in words what is wrong with a PostgreSQL database, and what to do about it. */
final class PostgresAdvice {
    private static final Set<String> PASSES = Set.of(PostgresClaim.HELD, "57P03", "57P01", "53300");

    private PostgresAdvice() {}

    /** Whether it may be better in a few seconds: the server starts, or another one just ends. */
    static boolean mayPass(Throwable failure) {
        return RootCause.sql(failure)
                .map(SQLException::getSQLState)
                .filter(PASSES::contains)
                .isPresent();
    }

    /** SQL states as of PostgreSQL's appendix A, and what its driver makes of broken sockets. */
    static String about(Throwable failure, PostgresSettings settings) {
        Optional<SQLException> sql = RootCause.sql(failure);
        if (sql.isEmpty()) {
            return RootCause.message(failure);
        }
        String message = firstLine(sql.get());
        return switch (sql.get().getSQLState()) {
            case "08001", "08006", "08003" -> message + connectionAdvice(message);
            case "28P01", "08004" -> message + ". " + passwordAdvice(settings.passwordFile());
            case "28000" ->
                    message
                            + ". Make the user with CREATE ROLE … LOGIN, and let it in by the"
                            + " server's pg_hba.conf";
            case "3D000" ->
                    message
                            + ". Make it with: CREATE DATABASE "
                            + settings.url().database()
                            + " OWNER "
                            + (settings.user().isEmpty() ? "…" : settings.user())
                            + " ENCODING 'UTF8' TEMPLATE template0";
            case "42501" ->
                    message
                            + ". The user must own the database, or be granted CREATE on its"
                            + " schema";
            case "53300" ->
                    message
                            + ". Raise the server's max_connections, or lower"
                            + " database.connections";
            default -> message;
        };
    }

    private static String connectionAdvice(String message) {
        return message.contains("Read timed out")
                ? ". PostgreSQL takes connections there and does not answer: it hangs, or its"
                        + " machine has too much to do"
                : ". Does PostgreSQL run there, and listen on that address (its"
                        + " listen_addresses and port)?";
    }

    private static String passwordAdvice(@Nullable Path file) {
        return file == null
                ? "Write the password to a file, and name it by database.password-file"
                : "Look at the user and at the password in " + file;
    }

    private static String firstLine(SQLException failure) {
        String message = inOneLine(String.valueOf(failure.getMessage()));
        String root = inOneLine(RootCause.message(failure));
        // The driver hides what happened to the socket one level below.
        return message.contains(root) ? message : message + " (" + root + ")";
    }

    private static String inOneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }
}
