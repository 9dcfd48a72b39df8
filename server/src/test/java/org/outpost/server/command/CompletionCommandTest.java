package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class CompletionCommandTest {
    @TempDir private Path folder;

    @Test
    void letsBashCompleteSubcommandsAndOptions() throws Exception {
        CommandRun run = CommandRun.of("completion");
        Path script = folder.resolve("outpost.bash");
        Files.writeString(script, run.out());

        assertThat(run.exitCode()).isZero();
        assertThat(completions(script, "outpost", "tunnel", "re")).isEqualTo("reset");
        assertThat(completions(script, "outpost", "recording", "pl")).isEqualTo("play");
        assertThat(completions(script, "outpost", "recording", "play", "x", "--idl"))
                .isEqualTo("--idle-limit");
        assertThat(completions(script, "outpost", "device", "list", "--off"))
                .isEqualTo("--offline");
        assertThat(completions(script, "outpost", "device", "boot", "pc", "--from", "ider-c"))
                .isEqualTo("ider-cd");
        assertThat(completions(script, "outpost", "device", "power", "pc", "hib"))
                .isEqualTo("hibernate");
        assertThat(completions(script, "outpost", "device", "log", "pc", "au")).isEqualTo("audit");
    }

    private static String completions(Path script, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
                                + " _complete_outpost; echo \"${COMPREPLY[*]}\"",
                        script.toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
