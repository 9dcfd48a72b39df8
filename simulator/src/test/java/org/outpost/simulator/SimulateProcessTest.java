package org.outpost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.outpost.simulator.support.TestServer;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program in its own process. */
class SimulateProcessTest {
    @Test
    void aSignalLetsEveryDeviceSayGoodByeAndTheProcessExitWithZero() throws Exception {
        try (TestServer server = new TestServer("dev", "secret", Optional.empty())) {
            Process process =
                    start(
                            "--devices=5",
                            "--server=127.0.0.1:" + server.address().getPort(),
                            "--user=dev",
                            "--password=secret",
                            "--amt-password=x",
                            "--no-tls",
                            "--json");
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                while (line != null && !line.contains("\"event\":\"ready\"")) {
                    line = output.readLine();
                }
                assertThat(line).isNotNull();

                process.toHandle().destroy();

                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(output.lines().reduce((first, last) -> last).orElse(""))
                        .contains("\"event\":\"stopped\"", "\"ends\":{\"own\":5}");
            } finally {
                process.destroyForcibly();
            }
            await().untilAsserted(
                            () ->
                                    assertThat(server.tunnels())
                                            .hasSize(5)
                                            .allMatch(tunnel -> tunnel.disconnectReason() == 11));
        }
    }

    @Test
    void wrongUsageExitsWithTwo() throws Exception {
        Process process = start("--nonsense");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SimulateMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
