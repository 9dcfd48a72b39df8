package org.outpost.access.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.audit.AuditJson;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditSettings;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.audit.AuditUnavailableException;
import org.outpost.access.audit.TrailFixture;
import org.outpost.access.audit.verify.AuditFileVerifier;
import org.outpost.access.audit.verify.Verification.Sound;
import org.outpost.database.Database;
import org.outpost.testkit.database.TestDatabase;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

class SinkTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir private Path folder;
    private final Database database;

    SinkTest(@TempDir Path place) {
        database =
                TrailFixture.openDatabase(new TestDatabase.SqliteFile(place.resolve("outpost.db")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AuditTrail trail(JsonLinesFile file) {
        return new AuditTrail(
                database,
                TrailFixture.KEYS,
                new AuditSettings(1_000, 10, Duration.ofHours(1), Duration.ofSeconds(2)),
                List.of(file),
                InstantSource.system());
    }

    private static void record(AuditTrail trail, int count) {
        for (int i = 0; i < count; i++) {
            TrailFixture.get(trail.record(TrailFixture.reset(i)));
        }
    }

    private static long lines(Path file) throws Exception {
        return Files.exists(file) ? Files.readString(file).lines().count() : 0;
    }

    @Test
    void theFileHoldsTheTrailAndGoesOnInANewOneWhenItWasMoved() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Path moved = folder.resolve("audit.jsonl.1");
        try (AuditTrail trail = trail(new JsonLinesFile(file))) {
            record(trail, 12);
            await().atMost(SOON).until(() -> lines(file) == 13);
            Files.move(file, moved);
            record(trail, 5);
            await().atMost(SOON).until(() -> lines(file) == 5);
        }

        assertThat(lines(file)).as("with the last checkpoint").isEqualTo(6);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        Files.copy(moved, both);
        Files.copy(file, both);
        assertThat(
                        AuditFileVerifier.verify(
                                TrailFixture.KEYS.trusted(),
                                new ByteArrayInputStream(both.toByteArray())))
                .isEqualTo(new Sound(1, 17, 17, 17, false));
        assertThat(
                        AuditFileVerifier.verify(
                                TrailFixture.KEYS.trusted(), Files.newInputStream(file)))
                .as("each file by itself, too")
                .isEqualTo(new Sound(13, 17, 5, 17, false));
    }

    @Test
    void aFileThatCannotBeWrittenIsTriedAgain() throws Exception {
        Path file = folder.resolve("later/audit.jsonl");
        JsonLinesFile sink = new JsonLinesFile(file);
        try (AuditTrail trail = trail(sink)) {
            record(trail, 3);
            assertThat(file).doesNotExist();
            Files.createDirectory(folder.resolve("later"));

            await().atMost(SOON).until(() -> lines(file) == 3);
        }
        assertThat(sink.dropped()).isZero();
    }

    @Test
    void whatTheFileCannotTakeIsCounted() {
        JsonLinesFile sink = new JsonLinesFile(folder.resolve("nowhere/audit.jsonl"));
        List<String> lines = new ArrayList<>();
        AuditLine.Checkpoint line =
                new AuditLine.Checkpoint(1, "0".repeat(64), TrailFixture.NOON, "k", "s");
        for (int i = 0; i < 11_000; i++) {
            lines.add(AuditJson.write(line));
        }
        lines.forEach(json -> sink.accept(line, json));

        assertThat(sink.dropped()).isBetween(499L, 1_000L);
        sink.close();

        assertThat(sink.dropped()).as("what was never written").isEqualTo(11_000);
    }

    @Test
    void aSinkDoesNotHoldUpTheTrailAndIsClosedWithIt() {
        AuditTrail trail = trail(new JsonLinesFile(folder.resolve("nowhere/audit.jsonl")));
        record(trail, 30);
        trail.close();

        assertThat(trail.record(TrailFixture.reset(1)).toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(AuditUnavailableException.class);
    }
}
