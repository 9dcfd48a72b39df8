package org.outpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.PostgresAddress;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

@OnBothDatabases
class DatabaseTest {
    private static final List<String> MIGRATIONS =
            List.of("classpath:org/outpost/database/migration");

    private final TestDatabase place;
    private Database database;

    DatabaseTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open(MIGRATIONS);
    }

    private Database open(List<String> migrations) {
        return place.open(
                file -> Database.sqlite(file, migrations),
                address -> Database.postgres(settings(address), migrations));
    }

    private static PostgresSettings settings(PostgresAddress address) {
        return PostgresSettings.of(address.url(), address.user(), null, 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasWrittenIsReadAfterTheDatabaseWasOpenedAgain() throws Exception {
        await(database.write(insert("kept")));
        database.close();

        database = open(MIGRATIONS);

        assertThat(notes()).containsExactly("kept");
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
    void afterAnErrorInAWriteItsBatchFailsAndTheWriterGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletionStage<Integer> blocker =
                database.write(
                        _ -> {
                            begun.countDown();
                            awaitUninterruptibly(gate);
                            return 0;
                        });
        begun.await();
        CompletionStage<Integer> before = database.write(insert("before"));
        CompletionStage<Integer> broken =
                database.write(
                        handle -> {
                            handle.execute("INSERT INTO note (text) VALUES ('half')");
                            throw new StackOverflowError("as too deep a document causes");
                        });

        gate.countDown();

        await(blocker);
        for (CompletionStage<Integer> one : List.of(before, broken)) {
            assertThatThrownBy(() -> await(one))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DatabaseException.class)
                    .hasRootCauseInstanceOf(StackOverflowError.class);
        }
        await(database.write(insert("after")));
        assertThat(notes()).containsExactly("after");
        assertThat(database.outage()).isEmpty();
    }

    @Test
    void anErrorInAReadIsToldToWhoeverAsked() throws Exception {
        CompletionStage<Integer> broken =
                database.read(
                        _ -> {
                            throw new StackOverflowError("as too deep a document causes");
                        });

        assertThatThrownBy(() -> await(broken))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DatabaseException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(notes()).isEmpty();
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
    void aSchemaOfANewerReleaseIsRefused() throws Exception {
        database.close();
        database =
                open(
                        List.of(
                                "classpath:org/outpost/database/migration",
                                "classpath:org/outpost/database/newer"));
        await(database.write(insert("from the future")));
        database.close();

        assertThatThrownBy(() -> open(MIGRATIONS))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer release")
                .hasMessageContaining("its schema is 2");
    }

    @Test
    void modulesNumberTheirMigrationsInRangesOfTheirOwn() throws Exception {
        String second = "classpath:org/outpost/database/second";
        database.close();
        database = open(List.of(MIGRATIONS.getFirst(), second));
        await(database.write(handle -> handle.execute("INSERT INTO remark VALUES ('kept')")));
        database.close();

        // The first module's number 2 comes although the second module's 101 is there.
        database =
                open(
                        List.of(
                                MIGRATIONS.getFirst(),
                                "classpath:org/outpost/database/newer",
                                second));
        await(database.write(handle -> handle.execute("INSERT INTO from_the_future VALUES ('1')")));
        database.close();

        assertThatThrownBy(() -> open(List.of(MIGRATIONS.getFirst(), second)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer release")
                .hasMessageContaining("its schema is 2");
    }

    @Test
    void aLongResultIsReadRowByRow() throws Exception {
        await(
                database.write(
                        handle -> {
                            PreparedBatch batch =
                                    handle.prepareBatch("INSERT INTO note (text) VALUES (:text)");
                            for (int i = 0; i < 20_000; i++) {
                                batch.bind("text", "note " + i).add();
                            }
                            return batch.execute().length;
                        }));

        long length =
                await(
                        database.read(
                                handle ->
                                        handle
                                                .createQuery("SELECT text FROM note")
                                                .mapTo(String.class)
                                                .stream()
                                                .mapToLong(String::length)
                                                .sum()));

        assertThat(length).isEqualTo(5 * 20_000 + 10 + 180 + 2_700 + 36_000 + 50_000);
    }

    @Test
    void readsGoOnWhileTheWriterWorks() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletionStage<Integer> writing =
                database.write(
                        handle -> {
                            int rows = handle.execute("INSERT INTO note (text) VALUES ('slow')");
                            awaitUninterruptibly(gate);
                            return rows;
                        });

        assertThat(notes()).isEmpty();

        gate.countDown();
        await(writing);
        assertThat(notes()).containsExactly("slow");
    }

    @Test
    void textKeepsEveryCharacter() throws Exception {
        String text = "Größe 汉字 🖥 'quoted' \\ %_!";

        await(database.write(insert(text)));

        assertThat(notes()).containsExactly(text);
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
