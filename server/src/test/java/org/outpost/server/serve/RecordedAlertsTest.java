package org.outpost.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.gateway.devicetraffic.DeviceAlert;
import org.outpost.gateway.devicetraffic.DeviceSource;
import org.outpost.gateway.devicetraffic.RawAlert;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.EventLogSettings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class RecordedAlertsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Database database;
    private final EventLog events;
    private final RecordedAlerts alerts;

    RecordedAlertsTest(@TempDir Path folder) {
        database = Database.sqlite(folder.resolve("outpost.db"), List.of(Inventory.MIGRATIONS));
        events =
                new EventLog(
                        database,
                        new EventLogSettings(100, Duration.ofDays(1), 10, 10, 1 << 20),
                        new SimpleMeterRegistry());
        alerts = new RecordedAlerts(events, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    private CompletableFuture<Void> report() {
        return alerts.received(
                        new DeviceAlert.Trap(
                                new DeviceSource(
                                        new UUID(1, 1),
                                        "pc",
                                        1,
                                        "user",
                                        InetSocketAddress.createUnresolved("192.0.2.1", 5000)),
                                Instant.EPOCH,
                                "10.0.0.1",
                                new RawAlert(new byte[] {1, 2, 3})))
                .toCompletableFuture();
    }

    @Test
    void aReportIsKeptWhenItsStageCompletes() {
        assertThat(report()).succeedsWithin(SOON);
        assertThat(events.last()).isEqualTo(1);
    }

    @Test
    void whenTooMuchWaitsForTheDatabaseReportsAreRefusedAtOnceAndNotKept() {
        CountDownLatch back = new CountDownLatch(1);
        database.write(
                _ -> {
                    try {
                        return back.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        List<CompletableFuture<Void>> reports =
                IntStream.range(0, 20).mapToObj(_ -> report()).toList();
        List<CompletableFuture<Void>> kept =
                reports.stream().filter(it -> !it.isCompletedExceptionally()).toList();

        assertThat(kept).hasSizeBetween(1, 10);
        assertThat(reports.getLast()).isCompletedExceptionally();
        back.countDown();
        assertThat(kept).allSatisfy(it -> assertThat(it).succeedsWithin(SOON));
        assertThat(events.last()).isEqualTo(kept.size());
    }
}
