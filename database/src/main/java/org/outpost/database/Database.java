package org.outpost.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The database as the rest of the house sees it: asked without waiting, answered on its own
 * threads. Both queues are bounded; beyond that a stage fails with {@link DatabaseBusyException}.
 *
 * <p>SQL written for it keeps to what SQLite and PostgreSQL share: {@code ON CONFLICT}, {@code
 * RETURNING}, times as milliseconds since the epoch in UTC (design §6).
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 2;
    private static final int WAITING_READS = 1_000;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final BatchWriter writer;
    private final ThreadPoolExecutor readers;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.writer = new BatchWriter(jdbi);
        this.readers =
                new ThreadPoolExecutor(
                        READERS,
                        READERS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_READS),
                        Thread.ofPlatform().name("outpost-database-reader-", 1).daemon().factory());
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
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
        sqlite.enforceForeignKeys(true);
        sqlite.setBusyTimeout((int) Duration.ofSeconds(2).toMillis());
        HikariConfig config = new HikariConfig();
        config.setPoolName("outpost-database");
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
        config.setDataSourceProperties(sqlite.toProperties());
        config.setMaximumPoolSize(READERS + 1);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        HikariDataSource pool;
        try {
            makeForOwner(file);
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    "The database " + file + " cannot be opened: " + rootMessage(e), e);
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(migrations.toArray(String[]::new))
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (FlywayException e) {
            pool.close();
            throw new DatabaseException(
                    "The database "
                            + file
                            + " cannot be brought to this release's schema: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * SQLite would make the file with the mode of the umask. The files it makes beside it, for the
     * write-ahead log, take the mode of this one.
     */
    private static void makeForOwner(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // An earlier start made it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
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
        CompletableFuture<T> promise = new CompletableFuture<>();
        try {
            readers.execute(
                    () -> {
                        try {
                            promise.complete(jdbi.withHandle(work::apply));
                        } catch (RuntimeException e) {
                            promise.completeExceptionally(
                                    new DatabaseException("A read failed: " + e.getMessage(), e));
                        }
                    });
        } catch (RejectedExecutionException e) {
            promise.completeExceptionally(
                    readers.isShutdown()
                            ? new DatabaseException("The database is closed", e)
                            : new DatabaseBusyException(
                                    WAITING_READS + " reads wait for the database already"));
        }
        return promise;
    }

    /** Finishes what waits, for at most some ten seconds, and closes the database. Blocks. */
    @Override
    public void close() {
        writer.close();
        readers.shutdown();
        try {
            readers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }
}
