package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class RecordingPlayerTest {
    private static final String CAST =
            """
            {"version": 2, "width": 80, "height": 25, "timestamp": 5, "title": "pc-1"}
            [1.000000, "o", "\\u001b[1mlogin: "]
            [61.000000, "o", "root\\r\\n"]
            [62.000000, "m", "7 bytes are missing here"]
            [62.500000, "x", "of a later version"]
            """;

    private final List<Duration> pauses = new ArrayList<>();
    private final StringWriter screen = new StringWriter();

    private String shown(RecordingPlayer.Manner manner, String cast) throws Exception {
        new RecordingPlayer(new PrintWriter(screen), manner)
                .play(new BufferedReader(new StringReader(cast)));
        return screen.toString();
    }

    @Test
    void onATerminalItGoesAsItWent() throws Exception {
        String shown = shown(new RecordingPlayer.AsItWas(1, 1000, pauses::add), CAST);

        assertThat(shown)
                .isEqualTo(
                        "\u001b[1mlogin: root\r\n\r\n[7 bytes are missing here]\r\n"
                                + "\u001b[0m\u001b[?25h\r\n");
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500));
    }

    @Test
    void pausesAreCutAndTimeGoesFaster() throws Exception {
        shown(new RecordingPlayer.AsItWas(4, 2, pauses::add), CAST);

        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofMillis(250),
                        Duration.ofMillis(125));
    }

    @Test
    void withoutATerminalThereIsTextAlone() throws Exception {
        assertThat(shown(new RecordingPlayer.Text(), CAST).lines())
                .containsExactly("login: root", "", "[7 bytes are missing here]", "");
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "{\"version\": 1}", "[1, \"o\", \"x\"]"})
    void whatIsNoRecordingIsRefused(String cast) {
        assertThatThrownBy(() -> shown(new RecordingPlayer.Text(), cast))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("this is no asciicast v2 recording");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a^[[1;31mb^[[0mc|abc",
                "a^[]0;title^Gb|ab",
                "a^[]0;title^[\\b|ab",
                "a^[(Bb|ab",
                "a^[Mb^H^@c|abc",
                "a^[[12|a",
                "^[[2Jä€|ä€"
            })
    void whatATerminalObeysIsNoText(String printed, String text) {
        String raw =
                printed.replace("^[", "\u001b")
                        .replace("^G", "\u0007")
                        .replace("^H", "\b")
                        .replace("^@", "\0");

        assertThat(new PlainText().of(raw)).isEqualTo(text);
        PlainText inPieces = new PlainText();
        StringBuilder pieces = new StringBuilder();
        raw.chars().forEach(c -> pieces.append(inPieces.of(Character.toString(c))));
        assertThat(pieces).hasToString(text);
    }
}
