package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.inventory.Inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

class EventWriterTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Event> written = Collections.synchronizedList(new ArrayList<>());
    private final Database database;
    private final EventWriter writer;
    private volatile Consumer<EventWriter> afterEachWrite = _ -> {};

    EventWriterTest(@TempDir Path folder) {
        database = Database.sqlite(folder.resolve("outpost.db"), List.of(Inventory.MIGRATIONS));
        writer = new EventWriter(database, clock, 100, 1 << 30, 0, this::wrote);
    }

    private void wrote(List<Event> events) {
        written.addAll(events);
        afterEachWrite.accept(writer);
    }

    @AfterEach
    void close() {
        afterEachWrite = _ -> {};
        writer.close();
        clock.shutdownNow();
        database.close();
    }

    @Test
    void aFlushCompletesWhileMoreIsAddedWithoutEnd() {
        afterEachWrite = it -> it.add(Changes.connected(1));
        writer.add(Changes.alert(1, 1));

        for (int i = 0; i < 10; i++) {
            assertThat(writer.flush()).succeedsWithin(SOON);
            assertThat(writer.offer(Changes.alert(2, 1))).succeedsWithin(SOON);
        }
    }

    @Test
    void aFlushDoesNotCompleteBeforeItsOwnChangesAreWrittenAlthoughNewerOnesAreDropped()
            throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        database.write(
                _ -> {
                    try {
                        return back.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        writer.add(Changes.alert(1, 1));
        writer.add(Changes.connected(1));
        CompletableFuture<Integer> writtenBefore =
                writer.flush().thenApply(_ -> written.size()).toCompletableFuture();
        IntStream.range(0, 1_000).forEach(_ -> writer.add(Changes.alert(1, 1)));

        assertThat(writer.dropped()).isPositive();
        assertThat(writtenBefore).isNotDone();
        back.countDown();
        assertThat(writtenBefore.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(2);
        assertThat(writer.flush()).succeedsWithin(SOON);
        assertThat(written.get(1).type()).isEqualTo(EventType.CONNECTED);
        assertThat(written).hasSize((int) (1_002 - writer.dropped()));
    }

    @Test
    void withNothingToWriteAFlushIsDoneAtOnce() {
        assertThat(writer.flush().toCompletableFuture()).isCompleted();
        writer.add(Changes.connected(1));
        assertThat(writer.flush()).succeedsWithin(SOON);
        assertThat(writer.flush().toCompletableFuture()).isCompleted();
    }
}
