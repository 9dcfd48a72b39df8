package org.outpost.amt.redirection.recording;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Writes an asciicast v2 file: a line of JSON that describes it, then a line for each event with
 * its time in seconds, its kind ({@code o} output, {@code m} marker) and its text. A character
 * whose bytes come in two pieces is written with the second.
 */
final class AsciicastWriter implements Closeable {
    private final BufferedWriter out;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /**
     * Begins with the description, which is flushed.
     *
     * @param file closed with this
     */
    AsciicastWriter(OutputStream file, RecordingSettings settings) throws IOException {
        out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
        out.write(
                "{\"version\": 2, \"width\": %d, \"height\": %d, \"timestamp\": %d, \"title\": %s}\n"
                        .formatted(
                                settings.columns(),
                                settings.rows(),
                                settings.started().getEpochSecond(),
                                quoted(settings.title())));
        out.flush();
    }

    /** What the screen showed at a time after the start. */
    void output(Duration at, byte[] bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + bytes.length);
        all.put(rest).put(bytes).flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        decoder.decode(all, text, false);
        rest = all;
        if (text.flip().hasRemaining()) {
            event(at, "o", text.toString());
        }
    }

    /** A remark in the recording. */
    void marker(Duration at, String text) throws IOException {
        event(at, "m", text);
    }

    private void event(Duration at, String kind, String text) throws IOException {
        String seconds = String.format(Locale.ROOT, "%.6f", at.toNanos() / 1e9);
        out.write("[" + seconds + ", \"" + kind + "\", " + quoted(text) + "]\n");
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** A JSON string. Control characters are escaped, so that a line stays a line. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
