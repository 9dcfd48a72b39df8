package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code outpost demo}: every line it prints is pasted into a shell. */
@NeedsTool({"curl", "sh", "env", "setsid"})
final class DemoIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final String PROMPT = "  $ ";

    @TempDir Path folder;

    @Test
    void everyPrintedLineWorksAndCtrlCEndsAllOfIt() throws IOException {
        Path data = folder.resolve("demo");
        // one of the usual ports is taken: the demo takes another and prints that one
        Optional<ServerSocket> squatter = take(8080);
        try (OutpostProcess demo = start(data)) {
            demo.awaitLog("Ctrl-C here ends the demo", START);
            List<String> lines =
                    demo.log()
                            .lines()
                            .filter(line -> line.startsWith(PROMPT))
                            .map(line -> line.substring(PROMPT.length()))
                            .toList();
            assertThat(lines).hasSizeGreaterThanOrEqualTo(5);
            assertThat(lines).anyMatch(line -> line.contains("--socks5-hostname"));
            assertThat(lines).anyMatch(line -> line.contains("--proxy"));
            assertThat(lines).anyMatch(line -> line.contains("device list"));
            for (String line : lines) {
                Command.Result pasted = paste(line).run().succeeded();
                assertThat(pasted.out()).as(line).isNotBlank();
                if (line.contains("device list")) {
                    assertThat(pasted.out().lines().count()).isGreaterThanOrEqualTo(25);
                } else if (line.contains("/wsman")) {
                    assertThat(pasted.out()).contains("IdentifyResponse");
                } else if (line.contains("--proxy") || line.contains("--socks5-hostname")) {
                    assertThat(pasted.out()).containsIgnoringCase("Active Management Technology");
                }
            }

            List<ProcessHandle> children =
                    ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
            assertThat(children).as("server and simulator").hasSizeGreaterThanOrEqualTo(2);
            // as a terminal does: to the whole process group
            Command.of("kill", "-INT", "--", "-" + demo.pid()).run().succeeded();

            assertThat(demo.awaitExit(Duration.ofSeconds(60))).isZero();
            await().until(() -> children.stream().noneMatch(DemoIT::runs));
            assertThat(Files.readString(data.resolve("server.log"))).doesNotContain("LEAK:");
        } finally {
            if (squatter.isPresent()) {
                squatter.get().close();
            }
        }
    }

    /** What has ended but was not waited for by its parent has no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private OutpostProcess start(Path data) {
        // who starts this test may ignore Ctrl-C, and a child would inherit that
        return OutpostProcess.start(
                folder.resolve("demo.log"),
                Map.of(),
                List.of(
                        "setsid",
                        "env",
                        "--default-signal=INT",
                        OutpostProcess.launcher().toString(),
                        "demo",
                        "--data-dir",
                        data.toString()));
    }

    private static Command paste(String line) {
        // the launcher lies in the folder where a person would stand
        String launcher = OutpostProcess.launcher().toAbsolutePath().normalize().toString();
        return Command.of("sh", "-c", "cd \"${1%/*}\" && eval \"$2\"", "sh", launcher, line)
                .within(Duration.ofSeconds(60));
    }

    private static Optional<ServerSocket> take(int port) {
        try {
            return Optional.of(new ServerSocket(port));
        } catch (IOException takenAlready) {
            return Optional.empty();
        }
    }
}
