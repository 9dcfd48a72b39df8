package org.outpost.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessControl;
import org.outpost.access.audit.AuditSettings;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.audit.SigningKeys;
import org.outpost.database.Database;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.recording.Recording;
import org.outpost.inventory.recording.RecordingStore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class RecordingsTest {
    private static final Duration KEEP = Duration.ofDays(90);
    private static final Recordings.Subject SUBJECT =
            new Recordings.Subject(new UUID(1, 1), "acme", "pc-1", "iris", "192.0.2.1");

    private final Path folder;
    private final Database database;
    private final AuditTrail trail;
    private final RecordingStore store;
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private Recordings recordings;

    RecordingsTest(@TempDir Path temporary) {
        folder = temporary.resolve("recordings");
        database =
                Database.sqlite(
                        temporary.resolve("outpost.db"),
                        List.of(Inventory.MIGRATIONS, AccessControl.MIGRATIONS));
        trail =
                new AuditTrail(
                        database,
                        SigningKeys.generate(),
                        AuditSettings.DEFAULT,
                        List.of(),
                        InstantSource.system());
        store = new RecordingStore(database);
        recordings = started(1 << 20);
    }

    private Recordings started(long largest) {
        return new Recordings(store, new RecordingSetup(folder, KEEP, largest), trail, () -> now);
    }

    @AfterEach
    void close() {
        recordings.close();
        trail.close();
        database.close();
    }

    private Recording row(String id) throws Exception {
        return store.find(id).toCompletableFuture().get(10, TimeUnit.SECONDS).orElseThrow();
    }

    private boolean isKnown(String id) throws Exception {
        return store.find(id).toCompletableFuture().get(10, TimeUnit.SECONDS).isPresent();
    }

    private Recording.End ended(String id) throws Exception {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> Optional.ofNullable(row(id).end()), Optional::isPresent)
                .orElseThrow();
    }

    private String played(String id) throws Exception {
        ByteArrayOutputStream cast = new ByteArrayOutputStream();
        recordings.copy(row(id), cast);
        return cast.toString(StandardCharsets.UTF_8);
    }

    private static void print(OpenRecording recording, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        recording.tap().screen(bytes, 0, bytes.readableBytes());
        bytes.release();
    }

    private OpenRecording session(String text) throws Exception {
        OpenRecording recording = recordings.begin(SUBJECT);
        recording.began();
        print(recording, text);
        await().atMost(Duration.ofSeconds(20)).until(() -> played(recording.id()).contains(text));
        return recording;
    }

    @Test
    void whatWasShownIsPlayedWhileItRunsAndAfterwards() throws Exception {
        OpenRecording recording = session("login: ");
        assertThat(row(recording.id()).end()).isNull();

        recording.end();

        Recording.End end = ended(recording.id());
        assertThat(end.outcome()).isEqualTo(Recording.Outcome.WHOLE);
        assertThat(played(recording.id()))
                .startsWith("{\"version\": 2, \"width\": 80")
                .contains("\"title\": \"pc-1\"")
                .contains("\"o\", \"login: \"]");
        assertThat(end.bytes()).isEqualTo(played(recording.id()).length());
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        recordings.begin(SUBJECT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aSessionThatNeverBeganLeavesNothing() throws Exception {
        OpenRecording recording = recordings.begin(SUBJECT);
        assertThat(isKnown(recording.id())).isTrue();

        recording.end();

        await().atMost(Duration.ofSeconds(20)).until(() -> !isKnown(recording.id()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aSessionThatBeginsBehindTheEndOfItsRecordingIsEnded() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        OpenRecording recording = recordings.begin(SUBJECT);
        recording.guards(ends::incrementAndGet);
        recording.end();

        recording.began();

        assertThat(ends).hasValue(1);
    }

    @Test
    void whereNothingCanBeWrittenNothingBegins() throws Exception {
        Files.writeString(folder, "in the way");

        assertThatThrownBy(() -> recordings.begin(SUBJECT))
                .isInstanceOf(RecordingRefusedException.class)
                .hasMessageContaining("no recording can be written: something else is there");
        assertThat(store.running().toCompletableFuture().get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aFullDiskEndsTheSessionAndKeepsWhatThereIs() throws Exception {
        recordings.close();
        recordings = started(400);
        AtomicInteger ends = new AtomicInteger();
        OpenRecording recording = session("so far");
        recording.guards(ends::incrementAndGet);

        print(recording, "x".repeat(500));

        assertThat(ended(recording.id()).outcome()).isEqualTo(Recording.Outcome.FAILED);
        assertThat(ends).hasValue(1);
        assertThat(played(recording.id())).contains("so far").doesNotContain("xx");
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                recordings.begin(SUBJECT);
                            }
                        })
                .isInstanceOf(RecordingRefusedException.class)
                .hasMessageContaining("recordings.largest");
    }

    @Test
    void aSessionThatComesAfterTheFailureIsEndedAtOnce() throws Exception {
        recordings.close();
        recordings = started(200);
        OpenRecording recording = recordings.begin(SUBJECT);
        recording.began();
        print(recording, "x".repeat(300));
        ended(recording.id());
        AtomicInteger ends = new AtomicInteger();

        recording.guards(ends::incrementAndGet);

        assertThat(ends).hasValue(1);
    }

    /** The server was killed: nobody closed anything. */
    @Test
    void whatAStopCutOffEndedWithItAndIsPlayed() throws Exception {
        OpenRecording recording = session("last words");
        Files.writeString(
                folder.resolve(recording.id() + ".cast"),
                "[9.000000, \"o\", \"half a li",
                StandardOpenOption.APPEND);

        try (Recordings after = started(1 << 20)) {
            Recording.End end = ended(recording.id());
            assertThat(end.outcome()).isEqualTo(Recording.Outcome.INTERRUPTED);
            assertThat(end.bytes()).isPositive();
            assertThat(after.isThere(row(recording.id()))).isTrue();
            assertThat(played(recording.id())).endsWith("\"last words\"]\n");
        }
    }

    @Test
    void oldRecordingsGoAndThatIsWrittenDown() throws Exception {
        OpenRecording old = session("old");
        old.end();
        ended(old.id());
        now = now.plus(KEEP).plusSeconds(1);
        OpenRecording young = session("young");
        young.end();
        ended(young.id());
        long before = trail.last();

        new RecordingRetention(recordings, store, trail, KEEP, () -> now).sweep();

        assertThat(isKnown(old.id())).isFalse();
        assertThat(isKnown(young.id())).isTrue();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(young.id() + ".cast");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> trail.last() == before + 2);
    }

    @Test
    void aRecordingWithoutALineHasNothingToPlay() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("a.cast"), "half a li");
        ByteArrayOutputStream played = new ByteArrayOutputStream();

        new RecordingFolder(folder).copy("a", played);
        assertThat(played.size()).isZero();

        Files.writeString(folder.resolve("b.cast"), "1\n" + "x".repeat(200_000));
        new RecordingFolder(folder).copy("b", played);
        assertThat(played.toString(StandardCharsets.UTF_8)).isEqualTo("1\n");
    }
}
