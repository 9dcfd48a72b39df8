package org.outpost.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.notification.EventData;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.EventLogSettings;
import org.outpost.inventory.notification.delivery.CloudEvents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class EventStreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Database database;
    private final EventLog events;

    EventStreamTest(@TempDir Path folder) {
        database = Database.sqlite(folder.resolve("outpost.db"), List.of(Inventory.MIGRATIONS));
        events = new EventLog(database, EventLogSettings.DEFAULT, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    private void alert() {
        UUID device = new UUID(1, 1);
        events.alert(
                        device,
                        Instant.EPOCH,
                        new EventData.Alert(device, "pc", "pet", Map.of("base64", "")))
                .toCompletableFuture()
                .join();
    }

    private void follow(long from) {
        EventStream stream =
                new EventStream(
                        events,
                        new CloudEvents(URI.create("urn:outpost:test")),
                        out,
                        () -> Optional.of(event -> true));
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                stream.follow(from);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Without what the events hold. */
    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("data: {\"specversion"))
                .toList();
    }

    @Test
    void eventsComeFromThePlaceOnAndAsTheyHappen() {
        alert();
        alert();
        follow(1);
        await().atMost(SOON).until(() -> lines().size() == 3);
        alert();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(lines())
                                        .containsExactly(
                                                "id: 1",
                                                "id: 2",
                                                "event: org.outpost.device.alert",
                                                "id: 3",
                                                "event: org.outpost.device.alert"));
    }

    @Test
    void aPlaceInAnEarlierLogIsToldAsMissedAndTheStreamGoesOnFromTheEnd() {
        alert();
        alert();
        follow(500);
        await().atMost(SOON).until(() -> lines().contains("id: 2"));
        alert();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(lines())
                                        .containsExactly(
                                                "id: 500",
                                                "event: org.outpost.events.missed",
                                                "data: {\"missed\":2}",
                                                "id: 2",
                                                "id: 3",
                                                "event: org.outpost.device.alert"));
    }
}
