package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

class ProgressTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void writesOverItsLineOnATerminalAndNeverWrapsIt() {
        Progress progress = new Progress(out, true, 8);

        progress.show("1 of 10");
        progress.show("9 of 10 devices");
        progress.done("all of them");

        assertThat(text).hasToString("\r\u001b[K1 of 10\r\u001b[K9 of 10\r\u001b[Kall of them\n");
    }

    @Test
    void writesOnlyTheEndOfAStepIntoAFile() {
        Progress progress = new Progress(out, false, 80);

        progress.show("1 of 10");
        progress.done("all of them");

        assertThat(text).hasToString("all of them\n");
    }
}
