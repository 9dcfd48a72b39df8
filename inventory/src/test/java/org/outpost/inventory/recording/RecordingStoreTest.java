package org.outpost.inventory.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

@OnBothDatabases
class RecordingStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final UUID PC = new UUID(1, 1);
    private static final UUID LAPTOP = new UUID(1, 2);
    private static final Recording.End WHOLE =
            new Recording.End(NOON.plusSeconds(60), 1234, Recording.Outcome.WHOLE);

    private final Database database;
    private final RecordingStore store;

    RecordingStoreTest(DatabaseKind kind, @TempDir Path folder) {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        database =
                kind.fresh(folder)
                        .open(
                                file -> Database.sqlite(file, migrations),
                                address ->
                                        Database.postgres(
                                                PostgresSettings.of(
                                                        address.url(), address.user(), null, 2),
                                                migrations));
        store = new RecordingStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Recording add(String id, UUID device, String tenant, String user, int minute)
            throws Exception {
        Recording recording =
                new Recording(
                        id,
                        device,
                        tenant,
                        "pc-1 \"ä\"",
                        user,
                        "192.0.2.1",
                        NOON.plusSeconds(60L * minute),
                        null);
        get(store.add(recording));
        return recording;
    }

    private List<String> list(
            @Nullable UUID device, @Nullable String user, Predicate<Recording> seen)
            throws Exception {
        return get(store.list(new RecordingQuery(device, user, seen, 10, 0))).entries().stream()
                .map(Recording::id)
                .toList();
    }

    @Test
    void aRecordingIsReadAsItWasWritten() throws Exception {
        Recording running = add("a", PC, "acme", "iris", 0);
        assertThat(get(store.find("a"))).hasValue(running);
        assertThat(get(store.running())).containsExactly(running);

        assertThat(get(store.end("a", WHOLE))).isTrue();

        Recording ended = get(store.find("a")).orElseThrow();
        assertThat(ended.end()).isEqualTo(WHOLE);
        assertThat(get(store.running())).isEmpty();
        assertThat(get(store.find("b"))).isEmpty();
    }

    @Test
    void anEndIsWrittenOnce() throws Exception {
        add("a", PC, "", "iris", 0);
        get(store.end("a", WHOLE));

        assertThat(get(store.end("a", new Recording.End(NOON, 0, Recording.Outcome.INTERRUPTED))))
                .isFalse();
        assertThat(get(store.find("a")).orElseThrow().end()).isEqualTo(WHOLE);
    }

    @Test
    void theNewestComeFirstAndWhoMayNotSeeThemDoesNotCountThem() throws Exception {
        add("a", PC, "acme", "iris", 0);
        add("b", LAPTOP, "globex", "iris", 1);
        add("c", PC, "acme", "otto", 2);

        assertThat(list(null, null, one -> true)).containsExactly("c", "b", "a");
        assertThat(list(PC, null, one -> true)).containsExactly("c", "a");
        assertThat(list(null, "iris", one -> true)).containsExactly("b", "a");
        assertThat(list(PC, "iris", one -> true)).containsExactly("a");
        RecordingStore.Page page =
                get(
                        store.list(
                                new RecordingQuery(
                                        null, null, one -> one.tenant().equals("acme"), 1, 1)));
        assertThat(page.entries()).extracting(Recording::id).containsExactly("a");
        assertThat(page.total()).isEqualTo(2);
    }

    @Test
    void oldOnesAreThoseThatEndedLongAgo() throws Exception {
        add("a", PC, "", "iris", 0);
        add("b", PC, "", "iris", 0);
        get(store.end("a", WHOLE));

        assertThat(get(store.endedBefore(WHOLE.time(), 10))).isEmpty();
        assertThat(get(store.endedBefore(WHOLE.time().plusMillis(1), 10)))
                .extracting(Recording::id)
                .containsExactly("a");
        assertThat(get(store.bytes())).isEqualTo(1234);
        assertThat(get(store.remove("a"))).isTrue();
        assertThat(get(store.remove("a"))).isFalse();
        assertThat(get(store.bytes())).isZero();
    }
}
