package org.outpost.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class OutpostProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @AfterEach
    void forgetLauncher() {
        System.clearProperty(OutpostProcess.LAUNCHER);
    }

    @Test
    void outputIsAwaitedAndSigtermGivesTheExitCode() {
        try (OutpostProcess process =
                start("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done")) {
            process.awaitLog("(?m)^ready$", PATIENCE);

            assertThat(process.isAlive()).isTrue();
            assertThat(process.memory().residentBytes()).isPositive();
            assertThat(process.stop(PATIENCE)).isEqualTo(7);
            assertThat(process.log()).isEqualTo("ready\nbye\n");
        }
    }

    @Test
    void processThatEndsTooEarlyIsReportedWithItsOutput() {
        try (OutpostProcess process = start("echo cannot go on >&2; exit 4")) {
            assertThatThrownBy(() -> process.awaitLog("ready", PATIENCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended with 4 before")
                    .hasMessageContaining("cannot go on");
        }
    }

    @Test
    void lastWordsCountEvenWhenTheProcessHasEnded() {
        try (OutpostProcess process = start("echo ready")) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThatCode(() -> process.awaitLog("ready", PATIENCE)).doesNotThrowAnyException();
        }
    }

    @Test
    void waitingHasADeadline() {
        try (OutpostProcess process = start("echo busy; exec sleep 600")) {
            assertThatThrownBy(() -> process.awaitLog("ready", Duration.ofMillis(300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("busy");
            assertThatThrownBy(() -> process.awaitPort(1, Duration.ofMillis(300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("port 1");
        }
    }

    @Test
    void portIsAwaited() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OutpostProcess process = start("exec sleep 600")) {
            assertThatCode(() -> process.awaitPort(listener.getLocalPort(), PATIENCE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void killLeavesNoTimeForAGoodbye() {
        try (OutpostProcess process =
                start("trap 'echo bye' TERM EXIT; echo ready; while :; do sleep 0.05; done")) {
            process.awaitLog("ready", PATIENCE);
            process.kill();

            assertThat(process.isAlive()).isFalse();
            assertThat(process.log()).isEqualTo("ready\n");
        }
    }

    @Test
    void closingEndsTheProcess() {
        OutpostProcess process = start("echo ready; exec sleep 600");
        process.awaitLog("ready", PATIENCE);

        process.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void leaksAndSecretsInTheOutputAreFoundAndNotRepeated() {
        try (OutpostProcess clean = start("echo fine");
                OutpostProcess leaking =
                        start("echo 'ERROR LEAK: ByteBuf.release() was not called'");
                OutpostProcess talking = start("echo the password is s3cret")) {
            clean.awaitExit(PATIENCE);
            leaking.awaitExit(PATIENCE);
            talking.awaitExit(PATIENCE);

            assertThatCode(() -> clean.assertNoLeaks("s3cret")).doesNotThrowAnyException();
            assertThatThrownBy(leaking::assertNoLeaks).hasMessageContaining("LEAK:");
            assertThatThrownBy(() -> talking.assertNoLeaks("other", "s3cret"))
                    .hasMessage("secret 1 is in 1 lines");
        }
    }

    @Test
    void serveStartsTheLauncherOnTheConfiguration() throws IOException {
        Path launcher = folder.resolve("outpost");
        Files.writeString(launcher, "#!/bin/sh\necho \"$@\"\ncat \"$3\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        System.setProperty(OutpostProcess.LAUNCHER, launcher.toString());
        OutpostConfig config = new OutpostConfig(folder).device("admin", "P@ssw0rd");

        try (OutpostProcess process = OutpostProcess.serve(config)) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.log())
                    .startsWith("serve --config " + config.file())
                    .contains("data-dir: " + config.dataDir());
        }
        assertThat(config.passwordFile()).hasContent("admin:P@ssw0rd");
    }

    @Test
    void configurationIsTheOneUsersKnow() throws IOException {
        OutpostConfig config =
                new OutpostConfig(folder)
                        .listener(OutpostConfig.Tls.MODERN)
                        .listener(OutpostConfig.Tls.NONE)
                        .limits(10, 5, 7)
                        .with("# more");

        assertThat(Files.readString(config.write()))
                .isEqualTo(
                        """
                        data-dir: %s
                        tunnel:
                          listeners:
                            - { port: %d, tls: modern }
                            - { port: %d, tls: none }
                          authenticators:
                            - { type: password-file, file: %s }
                          limits: { tunnels: 10, new-connections-per-address-per-second: 5, handshakes-in-flight: 7 }
                        console:
                          authenticators:
                            - { type: insecure-accept-any }
                        http-proxy: { port: %d }
                        socks: { port: %d }
                        web: { port: %d }
                        # more
                        """
                                .formatted(
                                        config.dataDir(),
                                        config.tunnelPorts().get(0),
                                        config.tunnelPorts().get(1),
                                        config.passwordFile(),
                                        config.httpProxyPort(),
                                        config.socksPort(),
                                        config.webPort()));
        assertThat(config.allPorts()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void commandLineTokenIsRead() throws IOException {
        Files.writeString(folder.resolve("cli.token"), "abc\n");

        assertThat(OutpostProcess.cliToken(folder)).isEqualTo("abc");
    }

    private OutpostProcess start(String script) {
        return OutpostProcess.start(
                folder.resolve("log-" + System.nanoTime()), Map.of(), List.of("sh", "-c", script));
    }
}
