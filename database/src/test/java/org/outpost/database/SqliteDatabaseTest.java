package org.outpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What is true of SQLite alone. */
class SqliteDatabaseTest {
    private static final List<String> MIGRATIONS =
            List.of("classpath:org/outpost/database/migration");

    @TempDir private Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("test.db"), MIGRATIONS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itsFilesAreForTheirOwnerAlone() throws Exception {
        get(database.write(insert("secret")));

        for (String file : List.of("test.db", "test.db-wal", "test.db-shm")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void usesTheWriteAheadLogAndFlushesEachCommit() throws Exception {
        String journal = get(database.read(handle -> pragma(handle, "journal_mode")));
        String synchronous = get(database.read(handle -> pragma(handle, "synchronous")));

        assertThat(journal).isEqualTo("wal");
        assertThat(synchronous).isEqualTo("2");
    }

    @Test
    void aLockedDatabaseFailsWritesAndRecoversByItself() throws Exception {
        get(database.write(insert("before")));
        try (Connection other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> get(database.write(insert("locked out"))))
                    .hasCauseInstanceOf(DatabaseGoneException.class);
            assertThat(database.outage()).isPresent();
            assertThat(database.write(insert("refused at once")).toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(notes()).as("readers need no lock").containsExactly("before");
            statement.execute("ROLLBACK");
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(database.outage()).isEmpty());

        get(database.write(insert("back")));
        assertThat(notes()).containsExactlyInAnyOrder("before", "back");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedByName() throws Exception {
        Path file = folder.resolve("letter.db");
        Files.writeString(file, "Dear Sir or Madam, this is not a database at all. ".repeat(50));

        assertThatThrownBy(() -> Database.sqlite(file, MIGRATIONS))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("letter.db");
    }

    @Test
    void aFileThatCannotBeWrittenAnyMoreIsAnOutageThatEndsWithTheFirstWrite() throws Exception {
        get(database.write(insert("before")));
        // Takes effect at once, so that its own commit is the first that fails.
        assertThatThrownBy(() -> get(database.write(queryOnly(true))))
                .hasCauseInstanceOf(DatabaseGoneException.class)
                .hasMessageContaining("readonly");

        assertThat(database.outage()).isPresent();
        assertThat(notes()).as("what is there can be read").containsExactly("before");
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> get(database.write(queryOnly(false))));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(database.outage()).isEmpty());
        get(database.write(insert("after")));
        assertThat(notes()).containsExactlyInAnyOrder("before", "after");
    }

    private List<String> notes() throws Exception {
        return get(
                database.read(
                        handle ->
                                handle.createQuery("SELECT text FROM note")
                                        .mapTo(String.class)
                                        .list()));
    }

    private static Function<Handle, Integer> queryOnly(boolean on) {
        return handle -> handle.execute("PRAGMA query_only = " + on);
    }

    private static Function<Handle, Integer> insert(String text) {
        return handle -> handle.execute("INSERT INTO note (text) VALUES (?)", text);
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
