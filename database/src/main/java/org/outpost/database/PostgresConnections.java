package org.outpost.database;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Makes connections that cannot hang for ever. The password is read anew for each, so that it may
 * be changed without a restart.
 */
final class PostgresConnections extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** SQL state of a refused sign-in, as the server itself gives it. */
    private static final String INVALID_PASSWORD = "28P01";

    private static final int ROWS_AT_ONCE = 1_000;

    private final transient PostgresSettings settings;

    /**
     * Prepares to connect.
     *
     * @param statement the longest time of one statement; the connection is given up a little later
     * @param more further options of the session, each with a space before it
     */
    PostgresConnections(PostgresSettings settings, Duration statement, String more) {
        this.settings = settings;
        setUrl(settings.url().jdbc());
        setConnectTimeout((int) CONNECT.toSeconds());
        setSocketTimeout((int) statement.plusSeconds(2).toSeconds());
        setTcpKeepAlive(true);
        setDefaultRowFetchSize(ROWS_AT_ONCE);
        if (getApplicationName() == null
                || PGProperty.APPLICATION_NAME.getDefaultValue().equals(getApplicationName())) {
            setApplicationName("outpost");
        }
        setOptions(
                options(getOptions())
                        + ("-c statement_timeout=" + statement.toMillis())
                        + " -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
                        // A machine that vanished must not keep its lock for hours.
                        + " -c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10"
                        + " -c tcp_keepalives_count=3"
                        + more);
    }

    private static String options(@Nullable String written) {
        return written == null || written.isBlank() ? "" : written + " ";
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(settings.user().isEmpty() ? null : settings.user(), password());
    }

    private @Nullable String password() throws SQLException {
        Path file = settings.passwordFile();
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SQLException(
                    "the password file "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + ")",
                    INVALID_PASSWORD,
                    e);
        }
    }
}
