package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class OutpostMainTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void checkNamesFileLineKeyAndReasonAndFails() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), "web: { port: 8443 }\nsoks: {}\n");

        int code = run("config", "check", "--config", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(file + ":2: soks: unknown key; did you mean \"socks\"?\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkOfAGoodFileSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), "web: { port: 8443 }\n");

        assertThat(run("config", "check", "--config", file.toString())).isZero();
        assertThat(out.toString()).endsWith(file + ": no errors\n");
    }

    @Test
    void showPrintsWhatCountsWithFlagsOverTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), "socks: { port: 1081 }\n");

        int code = run("config", "show", "--config", file.toString(), "--set", "web.port=8444");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("socks:\n  enabled: true\n  port: 1081\n");
        assertThat(out.toString()).contains("web:\n  port: 8444\n");
    }

    @Test
    void aCommandThatDoesNotExistIsUsageAndNamesThoseNear() {
        assertThat(run("confg")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: ").contains("outpost config");
    }

    @Test
    void aGroupWithoutItsCommandIsUsage() {
        assertThat(run("config")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        outpost config: Missing required subcommand
                        Try 'outpost config --help'.
                        """);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("--help")).isZero();
        assertThat(run("version")).isZero();
        assertThat(out.toString()).contains("config", "version", "outpost (unpackaged) on Java 25");
    }

    private int run(String... arguments) {
        CommandLine line =
                OutpostMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
