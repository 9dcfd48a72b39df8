package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

/** SQLite in one file, with a write-ahead log and a flush at each commit. */
final class SqliteEngine implements Engine {
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

    private static final Set<Integer> UNUSABLE =
            Stream.of(
                            SQLiteErrorCode.SQLITE_BUSY,
                            SQLiteErrorCode.SQLITE_FULL,
                            SQLiteErrorCode.SQLITE_IOERR,
                            SQLiteErrorCode.SQLITE_READONLY,
                            SQLiteErrorCode.SQLITE_CANTOPEN,
                            SQLiteErrorCode.SQLITE_CORRUPT,
                            SQLiteErrorCode.SQLITE_NOTADB)
                    .map(code -> code.code)
                    .collect(Collectors.toUnmodifiableSet());

    private final Path file;
    private final SQLiteDataSource connections;

    /**
     * Makes the file unless it is there.
     *
     * @throws UncheckedIOException when it cannot be made
     */
    SqliteEngine(Path file) {
        this.file = file;
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
        sqlite.enforceForeignKeys(true);
        sqlite.setBusyTimeout((int) LOCK_PATIENCE.toMillis());
        connections = new SQLiteDataSource(sqlite);
        connections.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        makeForOwner();
    }

    /**
     * SQLite would make the file with the mode of the umask. The files it makes beside it, for the
     * write-ahead log, take the mode of this one.
     */
    private void makeForOwner() {
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

    @Override
    public String name() {
        return "The database " + file;
    }

    @Override
    public Connection openForWriting() throws SQLException {
        return connections.getConnection();
    }

    @Override
    public DataSource forReading() {
        return connections;
    }

    @Override
    public DataSource forMigrations() {
        return connections;
    }

    @Override
    public int readers() {
        return 2;
    }

    /** Without a transaction: one would take the writer's lock (transaction mode IMMEDIATE). */
    @Override
    public <T> T read(Jdbi jdbi, Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    /** The write-ahead log lets readers read whatever becomes of the writer. */
    @Override
    public boolean readsFailWithWrites() {
        return false;
    }

    /** A full disk, a disk that fails, a file that became read-only or was spoilt. */
    @Override
    public boolean isUnusable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                // The lower byte is the primary code (sqlite.org/rescode.html).
                return UNUSABLE.contains(sqlite.getResultCode().code & 0xff);
            }
        }
        return false;
    }

    @Override
    public String explain(Throwable failure) {
        return RootCause.message(failure);
    }
}
