package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

class DemoCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path home;
    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = home.resolve("data/demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void tellsWhatToTryAndEndsInOrderWhenTold(String signal) throws Exception {
        try (DemoProcess demo = DemoProcess.start(home, "--devices=4").awaitGuide()) {
            assertThat(demo.output())
                    .contains("The server is ready.")
                    .contains("Devices connected: 4 of 4 (1 calm, 1 dropping, 1 far, 1 tls-1.3)\n")
                    .contains("  $ curl --proxy http://127.0.0.1:")
                    .contains(" http://pc-0001.example.test/logon.htm\n")
                    .contains(" -k https://pc-0003.example.test:16993/logon.htm\n")
                    .contains(
                            "  $ "
                                    + home
                                    + "/outpost device show pc-0001.example.test --data-dir "
                                    + folder);

            demo.signal(signal);

            assertThat(demo.exitCode()).isZero();
            assertThat(demo.output()).endsWith("The demo has ended.\n");
            assertThat(demo.events())
                    .filteredOn(event -> event.endsWith("ended"))
                    .containsExactly("simulator ended", "server ended");
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        try (DemoProcess demo = DemoProcess.start(home, "--devices=1").awaitGuide()) {
            ProcessHandle server = demo.child("server").orElseThrow();
            ProcessHandle simulator = demo.child("simulator").orElseThrow();

            demo.signal("KILL");

            await().atMost(PATIENCE).until(() -> !server.isAlive() && !simulator.isAlive());
            assertThat(demo.events()).contains("server ended", "simulator ended");
        }
    }

    @Test
    void saysWhyTheServerDoesNotStart() throws Exception {
        Files.createDirectories(folder);
        Files.createFile(folder.resolve("break-serve"));

        try (DemoProcess demo = DemoProcess.start(home)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output())
                    .contains(
                            "outpost: the server ended with exit code 7; the end of "
                                    + folder.resolve("server.log")
                                    + ":\n  | fake serve: it is broken on purpose\n");
        }
    }

    @Test
    void endsTheServerWhenTheSimulatorFails() throws Exception {
        Files.createDirectories(folder);
        Files.createFile(folder.resolve("break-simulate"));

        try (DemoProcess demo = DemoProcess.start(home)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output())
                    .contains("outpost: the simulator ended with exit code 7")
                    .contains("  | fake simulate: it is broken on purpose\n");
            assertThat(demo.events()).contains("server ended");
        }
    }

    @Test
    void endsWhenTheServerDiesLater() throws Exception {
        try (DemoProcess demo = DemoProcess.start(home, "--devices=1").awaitGuide()) {
            demo.child("server").orElseThrow().destroyForcibly();

            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output()).contains("outpost: the server ended with exit code 137");
            assertThat(demo.events()).contains("simulator ended");
        }
    }

    @Test
    void keepsItsSecretsToItselfAndFromOneRunToTheNext() throws Exception {
        List<Path> secret =
                List.of(
                        folder.resolve("devices.passwd"),
                        folder.resolve("amt.netrc"),
                        folder.resolve("simulator.options"));
        List<String> first = List.of();
        for (int run = 0; run < 2; run++) {
            try (DemoProcess demo = DemoProcess.start(home, "--devices=1").awaitGuide()) {
                List<String> contents =
                        List.of(
                                Files.readString(secret.get(0)),
                                Files.readString(secret.get(1)),
                                Files.readString(secret.get(2)));
                assertThat(contents).isEqualTo(run == 0 ? contents : first);
                first = contents;
                demo.signal("TERM");
                assertThat(demo.exitCode()).isZero();
                String password = contents.get(0).strip().replace("demo:", "");
                assertThat(demo.output()).doesNotContain(password);
            }
        }
        assertThat(secret)
                .allSatisfy(
                        file ->
                                assertThat(Files.getPosixFilePermissions(file))
                                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        assertThat(Files.getPosixFilePermissions(folder))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void runsOnceInAFolder() throws Exception {
        try (DemoProcess demo = DemoProcess.start(home, "--devices=1").awaitGuide();
                DemoProcess second = DemoProcess.start(home, "--devices=1")) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("a demo already runs in " + folder);
            demo.signal("TERM");
            assertThat(demo.exitCode()).isZero();
        }
    }

    @Test
    void refusesANumberOfDevicesThatMakesNoSense() throws Exception {
        try (DemoProcess demo = DemoProcess.start(home, "--devices=0")) {
            assertThat(demo.exitCode()).isEqualTo(2);
            assertThat(demo.output()).contains("--devices must be 1 to 10000");
        }
    }
}
