package org.outpost.amt.redirection.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The writer's thread is the test, which runs it when it likes. */
class SolRecordingTest implements RecordingListener {
    private final Queue<Runnable> writes = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private int full = Integer.MAX_VALUE;
    @TempDir private Path folder;

    @Override
    public void incomplete() {
        heard.add("incomplete");
    }

    @Override
    public void failed() {
        heard.add("failed");
    }

    @Test
    void outputIsALineOfJsonAfterTheHeader() throws IOException {
        SolRecording recording = recording(1000);

        print(recording, "a\"\\\r\n\u001b[1m");
        recording.close();
        write();

        assertThat(recording.closed()).isCompleted();
        List<String> lines = lines();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "{\"version\": 2, \"width\": 80, \"height\": 25, \"timestamp\": 5,"
                                + " \"title\": \"pc \\\"1\\\"\"}");
        assertThat(lines.get(1))
                .matches("\\[\\d+\\.\\d{6}, \"o\", \"a\\\\\"\\\\\\\\\\\\r\\\\n\\\\u001b\\[1m\"]");
    }

    @Test
    void aCharacterInTwoPiecesStaysOne() throws IOException {
        SolRecording recording = recording(1000);
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);

        recording.screen(Unpooled.wrappedBuffer(euro), 0, 1);
        recording.screen(Unpooled.wrappedBuffer(euro), 1, 2);
        recording.close();
        write();

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).endsWith("\"€\"]");
    }

    @Test
    void aSlowDiskLosesBytesAndTheRecordingSaysSo() throws IOException {
        SolRecording recording = recording(10 + 64);

        print(recording, "0123456789");
        print(recording, "lost");
        print(recording, "too");
        assertThat(heard).containsExactly("incomplete");
        write();
        print(recording, "again");
        recording.close();
        write();

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(2)).contains("\"m\", \"7 bytes are missing here");
        assertThat(lines().get(3)).endsWith("\"again\"]");
    }

    @Test
    void theDescriptionIsThereBeforeAnythingIsPrinted() throws IOException {
        recording(1000);

        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatWasPrintedIsInTheFileWhileTheSessionRuns() throws IOException {
        SolRecording recording = recording(1000);

        print(recording, "so far");
        write();

        assertThat(lines().get(1)).endsWith("\"so far\"]");
        recording.close();
        write();
    }

    @Test
    void aFileThatTakesNothingIsNotRecordedTo() {
        full = 0;

        assertThatThrownBy(() -> recording(1000)).isInstanceOf(IOException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void aFullDiskEndsTheRecording() throws IOException {
        full = 100;
        SolRecording recording = recording(1000);

        print(recording, "x".repeat(100));
        write();

        assertThat(heard).containsExactly("failed");
        assertThat(recording.closed()).isCompleted();
        print(recording, "ignored");
        recording.close();
        assertThat(writes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"plain, \"plain\"", "tab\there, \"tab\\there\""})
    void strings(String text, String json) {
        assertThat(AsciicastWriter.quoted(text)).isEqualTo(json);
        assertThat(AsciicastWriter.quoted("\u007f")).isEqualTo("\"\\u007f\"");
    }

    private SolRecording recording(int mostWaiting) throws IOException {
        return new SolRecording(
                new Disk(Files.newOutputStream(folder.resolve("a.cast"))),
                new RecordingSettings("pc \"1\"", Instant.ofEpochSecond(5), 80, 25, mostWaiting),
                writes::add,
                this);
    }

    /** Takes so many bytes. */
    private final class Disk extends FilterOutputStream {
        private int taken;

        Disk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            taken += length;
            if (taken > full) {
                throw new IOException("no space left");
            }
            out.write(bytes, offset, length);
        }
    }

    private static void print(SolRecording recording, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        recording.screen(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private void write() {
        for (Runnable next = writes.poll(); next != null; next = writes.poll()) {
            next.run();
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("a.cast"));
    }
}
