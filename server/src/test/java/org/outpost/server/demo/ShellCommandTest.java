package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandTest {
    @Test
    void leavesPlainWordsPlain() {
        assertThat(ShellCommand.of("curl", "--proxy", "http://127.0.0.1:8080").and("-k"))
                .hasToString("curl --proxy http://127.0.0.1:8080 -k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "it's", "$HOME", "*", "a\"b`c`", "~", "a;b&c|d", "\\", "ü"})
    void anyWordArrivesInTheShellAsItWas(String word) throws Exception {
        String line = ShellCommand.of("printf", "<%s>", word).toString();

        Process shell = new ProcessBuilder("/bin/sh", "-c", line).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("<" + word + ">");
    }
}
