package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostConfig;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Errors of the configuration file, as the one who wrote it sees them. */
final class ConfigIT {
    @TempDir Path folder;

    @Test
    void checkSaysThatAGoodFileIsGood() {
        Path file = new OutpostConfig(folder).device("a", "b").write();

        Command.Result result = check(file).succeeded();

        assertThat(result.out() + result.err()).isNotBlank();
        assertThat(folder.resolve("data")).as("a check makes nothing").doesNotExist();
    }

    @Test
    void checkNamesLineAndReasonOfEveryError() throws IOException {
        Path file = new OutpostConfig(folder).device("a", "b").write();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("tls: modern", "tls: modren")
                        .replace("socks: { port:", "socks: { prot:"));
        int tls = lineOf(file, "modren");
        int socks = lineOf(file, "prot");

        Command.Result result = check(file);

        assertThat(result.exit()).isNotZero();
        assertThat(result.out() + result.err())
                .containsPattern("outpost\\.yaml:%d\\b.*modren".formatted(tls))
                .containsPattern("outpost\\.yaml:%d\\b.*prot".formatted(socks))
                .contains("port")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void theServerDoesNotStartWithAnUnknownKeyAndNamesItsLine() throws IOException {
        Path file = new OutpostConfig(folder).device("a", "b").with("colour: blue").write();
        int line = lineOf(file, "colour");

        try (OutpostProcess server =
                OutpostProcess.outpost(
                        folder.resolve("serve.log"), "serve", "--config", file.toString())) {
            assertThat(server.awaitExit(Duration.ofSeconds(60))).isNotZero();
            assertThat(server.log())
                    .containsPattern("outpost\\.yaml:%d\\b.*colour".formatted(line))
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Command.Result result = check(folder.resolve("nowhere.yaml"));

        assertThat(result.exit()).isNotZero();
        assertThat(result.out() + result.err()).contains("nowhere.yaml");
    }

    private static Command.Result check(Path file) {
        return Command.of(
                        OutpostProcess.launcher().toString(),
                        "config",
                        "check",
                        "--config",
                        file.toString())
                .within(Duration.ofSeconds(60))
                .run();
    }

    private static int lineOf(Path file, String text) throws IOException {
        int number = 1;
        for (String line : Files.readAllLines(file)) {
            if (line.contains(text)) {
                return number;
            }
            number++;
        }
        throw new AssertionError(text);
    }
}
