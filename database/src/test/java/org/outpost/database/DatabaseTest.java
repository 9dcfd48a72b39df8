package org.outpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

class DatabaseTest {
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
    void whatWasWrittenIsReadAfterTheDatabaseWasOpenedAgain() throws Exception {
        await(database.write(insert("kept")));
        database.close();

        open();

        assertThat(notes()).containsExactly("kept");
    }

    @Test
    void itsFilesAreForTheirOwnerAlone() throws Exception {
        await(database.write(insert("secret")));

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
        String journal = await(database.read(handle -> pragma(handle, "journal_mode")));
        String synchronous = await(database.read(handle -> pragma(handle, "synchronous")));

        assertThat(journal).isEqualTo("wal");
        assertThat(synchronous).isEqualTo("2");
    }

    @Test
    void workThatFailsDoesNotHarmItsNeighboursInTheBatch() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletionStage<Integer> blocker =
                database.write(
                        handle -> {
                            awaitUninterruptibly(gate);
                            return 0;
                        });
        CompletionStage<Integer> before = database.write(insert("before"));
        CompletionStage<Integer> duplicate = database.write(insert("before"));
        CompletionStage<Integer> after = database.write(insert("after"));

        gate.countDown();

        await(blocker);
        await(before);
        await(after);
        assertThatThrownBy(() -> await(duplicate))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DatabaseException.class);
        assertThat(notes()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void manyWritesAreCommittedTogether() throws Exception {
        List<CompletableFuture<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            writes.add(database.write(insert("note " + i)).toCompletableFuture());
        }

        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

        assertThat(notes()).hasSize(5_000);
    }

    @Test
    void aLockedDatabaseFailsWritesAndRecovers() throws Exception {
        try (Connection other =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> await(database.write(insert("locked out"))))
                    .hasCauseInstanceOf(DatabaseException.class);
            statement.execute("ROLLBACK");
        }

        await(database.write(insert("back")));

        assertThat(notes()).containsExactly("back");
    }

    @Test
    void closingWritesWhatWaits() throws Exception {
        CompletionStage<Integer> write = database.write(insert("last"));

        database.close();

        assertThat(write.toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> await(database.write(insert("too late"))))
                .hasRootCauseMessage("The database is closed");
        assertThatThrownBy(() -> await(database.read(handle -> 1)))
                .hasCauseInstanceOf(DatabaseException.class);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedByName() throws Exception {
        Path file = folder.resolve("letter.db");
        Files.writeString(file, "Dear Sir or Madam, this is not a database at all. ".repeat(50));

        assertThatThrownBy(() -> Database.sqlite(file, MIGRATIONS))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("letter.db");
    }

    private List<String> notes() throws Exception {
        return await(
                database.read(
                        handle ->
                                handle.createQuery("SELECT text FROM note")
                                        .mapTo(String.class)
                                        .list()));
    }

    private static Function<Handle, Integer> insert(String text) {
        return handle -> handle.execute("INSERT INTO note (text) VALUES (?)", text);
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
