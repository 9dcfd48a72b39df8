package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

@OnBothDatabases
class EventLogTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestDatabase place;
    private Database database;
    private EventLog events;

    EventLogTest(DatabaseKind kind, @TempDir Path folder) {
        this.place = kind.fresh(folder);
    }

    private Database openDatabase() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    @BeforeEach
    void open() {
        open(EventLogSettings.DEFAULT);
    }

    private void open(EventLogSettings settings) {
        database = openDatabase();
        events = new EventLog(database, settings, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    private void alert(int number) {
        UUID device = new UUID(1, number % 5);
        alert(device, number, "");
    }

    private CompletionStage<Void> alert(UUID device, int number, String text) {
        return events.alert(
                device,
                Instant.ofEpochMilli(number),
                new EventData.Alert(device, "pc", "pet", Map.of("number", number, "text", text)));
    }

    private static List<Integer> numbers(List<Event> events) {
        return events.stream()
                .map(event -> (Integer) ((EventData.Alert) event.data()).details().get("number"))
                .toList();
    }

    private List<Event> all(int piece) throws InterruptedException {
        List<Event> all = new ArrayList<>();
        while (true) {
            long place = all.isEmpty() ? 0 : all.getLast().sequence();
            List<Event> part = events.read(place, piece).events();
            if (part.isEmpty()) {
                return all;
            }
            all.addAll(part);
        }
    }

    @Test
    void everythingIsReadInOrderFromMemoryAndFromTheDatabaseAlike() throws Exception {
        close();
        open(new EventLogSettings(100_000, Duration.ofDays(1), 64, 100_000, 1 << 20));
        IntStream.range(0, 500).forEach(this::alert);
        events.flush().toCompletableFuture().join();

        List<Event> read = all(37);

        assertThat(numbers(read)).isEqualTo(IntStream.range(0, 500).boxed().toList());
        assertThat(read.stream().map(Event::sequence))
                .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(read.getFirst().time()).isEqualTo(Instant.ofEpochMilli(0));
    }

    @Test
    void whatWasFlushedIsThereAfterARestart() throws Exception {
        IntStream.range(0, 20).forEach(this::alert);
        events.flush().toCompletableFuture().join();
        List<Event> before = all(100);
        close();
        open();

        assertThat(all(100))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("recorded")
                .isEqualTo(before);
        assertThat(events.last()).isEqualTo(20);
    }

    @Test
    void whoeverFellBehindIsToldHowMuchItMissed() throws Exception {
        close();
        open(new EventLogSettings(10, Duration.ofDays(1), 4, 1000, 1 << 20));
        IntStream.range(0, 100).forEach(this::alert);
        events.flush().toCompletableFuture().join();
        events.prune();
        await().atMost(SOON).until(() -> events.read(0, 100).events().size() == 10);

        EventLog.Part part = events.read(20, 100);

        assertThat(part.missed()).isEqualTo(70);
        assertThat(part.events().getFirst().sequence()).isEqualTo(91);
    }

    @Test
    void aReaderWaitsForWhatComesAndIsWokenByTheEnd() throws Exception {
        CompletableFuture<Boolean> woken = new CompletableFuture<>();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                waiting.countDown();
                                woken.complete(events.await(0, SOON));
                            } catch (InterruptedException e) {
                                woken.completeExceptionally(e);
                            }
                        });
        waiting.await();
        alert(1);
        assertThat(woken.get()).isTrue();
        assertThat(events.await(1, Duration.ofMillis(1))).isFalse();
    }

    /** Holds the one writer, as a disk does that hangs; until it is counted down. */
    private CountDownLatch hang() {
        CountDownLatch back = new CountDownLatch(1);
        database.write(
                _ -> {
                    try {
                        return back.await(30, java.util.concurrent.TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return back;
    }

    @Test
    void whatTakesMuchMemoryIsReadInOrderToo() throws Exception {
        close();
        open(new EventLogSettings(100_000, Duration.ofDays(1), 64, 1_000, 20_000));
        String text = "x".repeat(3_000);
        for (int number = 0; number < 20; number++) {
            alert(UUID.randomUUID(), number, text).toCompletableFuture().join();
        }

        assertThat(numbers(all(7))).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void alertsAreRefusedAtOnceWhenHalfOfTheMemoryIsFull() throws Exception {
        close();
        open(new EventLogSettings(100_000, Duration.ofDays(1), 64, 1_000, 100_000));
        CountDownLatch back = hang();
        String text = "x".repeat(4_000);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            answers.add(alert(new UUID(1, 1), number, text).toCompletableFuture());
        }
        List<Integer> taken =
                IntStream.range(0, 20)
                        .filter(number -> !answers.get(number).isCompletedExceptionally())
                        .boxed()
                        .toList();
        back.countDown();
        events.flush().toCompletableFuture().join();

        // The first is being written; of the others, of nearly 9,000 bytes each, 6 wait.
        assertThat(taken).isEqualTo(IntStream.range(0, 7).boxed().toList());
        assertThat(numbers(all(100))).isEqualTo(taken);
        assertThat(alert(new UUID(1, 1), 20, text)).succeedsWithin(SOON);
    }

    @Test
    void alertsAreRefusedAtOnceWhenHalfOfThePlacesAreTaken() {
        close();
        open(new EventLogSettings(100_000, Duration.ofDays(1), 64, 100, 1 << 20));
        CountDownLatch back = hang();
        IntStream.range(0, 100).forEach(this::alert);

        assertThat(alert(new UUID(1, 1), 100, "").toCompletableFuture()).isCompletedExceptionally();
        back.countDown();
    }

    @Test
    void aPlaceBeyondTheEndCountsAsMissedAndGoesOnFromTheEnd() throws Exception {
        assertThat(events.read(70, 10)).isEqualTo(new EventLog.Part(List.of(), 1, 0));
        IntStream.range(0, 20).forEach(this::alert);
        events.flush().toCompletableFuture().join();

        assertThat(events.read(70, 10)).isEqualTo(new EventLog.Part(List.of(), 20, 20));
        assertThat(events.read(20, 10)).isEqualTo(new EventLog.Part(List.of(), 0, 20));
    }

    @Test
    void whileTheDatabaseIsAwayEventsWaitAndComeInOrderAfterwards() throws Exception {
        CountDownLatch back = hang();
        IntStream.range(0, 3_000).forEach(this::alert);
        assertThat(events.read(0, 10).events()).isEmpty();
        back.countDown();
        events.flush().toCompletableFuture().join();

        assertThat(numbers(all(1000))).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
    }

    @Test
    void aWriteThatFailsIsTriedAgainWithoutGapOrRepetition() throws Exception {
        database.<Boolean>write(
                        handle -> {
                            handle.execute("ALTER TABLE event RENAME TO elsewhere");
                            return true;
                        })
                .toCompletableFuture()
                .join();
        IntStream.range(0, 10).forEach(this::alert);
        database.<Boolean>write(
                        handle -> {
                            handle.execute("ALTER TABLE elsewhere RENAME TO event");
                            return true;
                        })
                .toCompletableFuture()
                .join();
        events.flush()
                .toCompletableFuture()
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();

        assertThat(numbers(all(100))).isEqualTo(IntStream.range(0, 10).boxed().toList());
    }
}
