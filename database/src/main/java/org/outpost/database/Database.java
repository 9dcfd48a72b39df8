package org.outpost.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The database as the rest of the house sees it: asked without waiting, answered on its own
 * threads. Both queues are bounded; beyond that a stage fails with {@link DatabaseBusyException}.
 * While the database does not answer, work is refused at once with {@link DatabaseGoneException},
 * and it is tried again every second.
 *
 * <p>SQL written for it keeps to what SQLite and PostgreSQL share: {@code ON CONFLICT}, {@code
 * RETURNING}, times as milliseconds since the epoch in UTC (design §6).
 */
public final class Database implements AutoCloseable {
    private static final Duration HUNG = Duration.ofSeconds(5);
    private static final long START_PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final HikariDataSource pool;
    private final Availability availability;
    private final BatchWriter writer;
    private final BoundedReaders readers;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-database-watch").daemon().factory());

    private Database(Engine engine, WriterConnection connection) {
        this.pool = pool(engine);
        this.availability = new Availability(engine.name());
        this.writer = new BatchWriter(engine, connection, availability);
        this.readers = new BoundedReaders(engine, Jdbi.create(pool), availability);
        watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** A connection that hangs breaks at its deadline, which is too long for those who wait. */
    private void look() {
        if (writer.busy().compareTo(HUNG) > 0) {
            availability.gone("no answer for more than " + HUNG.toSeconds() + " seconds");
        }
    }

    /**
     * Opens or makes an SQLite database, and brings it to the newest schema. Blocks.
     *
     * @param file the database file, made for its owner alone; its folder must be there
     * @param migrations where Flyway finds the migrations, such as {@code
     *     classpath:org/outpost/inventory/migration}
     * @throws DatabaseException when the file cannot be opened, is no database, or was written by a
     *     newer release
     */
    public static Database sqlite(Path file, List<String> migrations) {
        SqliteEngine engine;
        try {
            engine = new SqliteEngine(file);
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    "The database " + file + " cannot be opened: " + RootCause.message(e), e);
        }
        return open(engine, connect(engine), migrations);
    }

    /**
     * Opens a PostgreSQL database, and brings it to the newest schema. Blocks, for at most some
     * twenty seconds and the time of the migrations. The schema is this server's alone until {@link
     * #close}.
     *
     * @param migrations where Flyway finds the migrations
     * @throws DatabaseException when it cannot be reached or used, another server uses it, or it
     *     was written by a newer release; the message says what to do
     */
    public static Database postgres(PostgresSettings settings, List<String> migrations) {
        PostgresEngine engine = new PostgresEngine(settings);
        long giveUp = System.nanoTime() + START_PATIENCE_NANOS;
        while (true) {
            try {
                return open(engine, connect(engine), migrations);
            } catch (DatabaseException e) {
                // A server that was just ended may not have let go yet; both may start together.
                if (!PostgresAdvice.mayPass(e) || System.nanoTime() > giveUp || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(500);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static WriterConnection connect(Engine engine) {
        try {
            return new WriterConnection(engine);
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    engine.name() + " cannot be opened: " + engine.explain(e), e);
        }
    }

    private static Database open(
            Engine engine, WriterConnection connection, List<String> migrations) {
        try {
            new Migrations(engine, migrations).run();
            return new Database(engine, connection);
        } catch (RuntimeException e) {
            connection.drop();
            throw e;
        }
    }

    private static HikariDataSource pool(Engine engine) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("outpost-database");
        config.setDataSource(engine.forReading());
        config.setMaximumPoolSize(engine.readers());
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setValidationTimeout(Duration.ofSeconds(3).toMillis());
        // The writer's connection has shown already that the database is there.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /**
     * Writes. Work runs in the order of the calls, in a transaction that it may share with other
     * work.
     *
     * @param work touches nothing but its handle, for it may run twice
     * @return completes after the commit, on the writer's thread; exceptionally with {@link
     *     DatabaseException} when nothing was written
     */
    public <T> CompletionStage<T> write(Function<Handle, T> work) {
        return writer.submit(work);
    }

    /**
     * Reads what was committed. Several reads run side by side.
     *
     * @return completes on a reader's thread; exceptionally with {@link DatabaseException}
     */
    public <T> CompletionStage<T> read(Function<Handle, T> work) {
        return readers.submit(work);
    }

    /** Since when and why the database cannot be written; empty as long as it answers. */
    public Optional<Outage> outage() {
        return availability.outage();
    }

    /** Finishes what waits, for at most some fifteen seconds, and closes the database. Blocks. */
    @Override
    public void close() {
        watch.shutdownNow();
        writer.close();
        readers.close();
        pool.close();
    }
}
