package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;

import javax.sql.DataSource;

/**
 * One schema of a PostgreSQL database. The writer's connection holds an advisory lock, so no two
 * servers ever write to the same schema: not at the start, and not after one lost its connection.
 */
final class PostgresEngine implements Engine {
    private static final Duration STATEMENT = Duration.ofSeconds(8);
    private static final Duration MIGRATION = Duration.ofMinutes(30);

    private final PostgresSettings settings;
    private final PostgresConnections usual;
    private final PostgresConnections reading;
    private final PostgresConnections patient;

    PostgresEngine(PostgresSettings settings) {
        this.settings = settings;
        this.usual = new PostgresConnections(settings, STATEMENT, "");
        this.reading =
                new PostgresConnections(
                        settings, STATEMENT, " -c default_transaction_read_only=on");
        this.patient = new PostgresConnections(settings, MIGRATION, "");
    }

    @Override
    public String name() {
        return "The PostgreSQL database " + settings.url();
    }

    @Override
    public Connection openForWriting() throws SQLException {
        Connection connection = usual.getConnection();
        try {
            PostgresClaim.take(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public DataSource forReading() {
        return reading;
    }

    @Override
    public DataSource forMigrations() {
        return patient;
    }

    @Override
    public int readers() {
        return settings.readers();
    }

    /** In a transaction: the driver would else hold the whole of a long result in memory. */
    @Override
    public <T> T read(Jdbi jdbi, Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    @Override
    public boolean readsFailWithWrites() {
        return true;
    }

    /**
     * No room or memory, a table that somebody keeps locked, an administrator's shutdown, a disk
     * that fails, a server made standby.
     */
    @Override
    public boolean isUnusable(Throwable failure) {
        return RootCause.sql(failure)
                .map(SQLException::getSQLState)
                .filter(
                        state ->
                                state.startsWith("53")
                                        || state.startsWith("57P")
                                        || state.startsWith("58")
                                        || "55P03".equals(state)
                                        || "25006".equals(state))
                .isPresent();
    }

    @Override
    public String explain(Throwable failure) {
        return PostgresAdvice.about(failure, settings);
    }
}
