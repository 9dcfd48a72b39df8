package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.FreePorts;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Debian package, unpacked and run as the service manager runs it, with its own runtime. */
@NeedsTool("dpkg-deb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianPackageIT {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path deb =
            OutpostProcess.launcher()
                    .toAbsolutePath()
                    .resolveSibling("packaging/target/container/outpost.deb");
    private Path root;

    @BeforeAll
    void unpack(@TempDir Path folder) {
        root = folder.resolve("root");
        Command.of("dpkg-deb", "-x", deb.toString(), root.toString()).run().succeeded();
    }

    private Path installed(String path) {
        return root.resolve(path);
    }

    private String control(String field) {
        return Command.of("dpkg-deb", "-f", deb.toString(), field).run().succeeded().out().strip();
    }

    @Test
    void itNamesItselfAndWhatItNeeds() {
        assertThat(control("Package")).isEqualTo("outpost");
        assertThat(control("Version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(control("Architecture")).isIn("amd64", "arm64");
        assertThat(control("Depends")).contains("adduser").doesNotContain("java", "jre", "jdk");
    }

    @Test
    void itsScriptsAreShellAndItsConfigurationIsKeptOverUpgrades() throws IOException {
        Path scripts = root.resolveSibling("control");
        Command.of("dpkg-deb", "-e", deb.toString(), scripts.toString()).run().succeeded();

        for (String script : List.of("postinst", "prerm", "postrm")) {
            Path file = scripts.resolve(script);
            assertThat(file).isExecutable();
            Command.of("sh", "-n", file.toString()).run().succeeded();
        }
        assertThat(Files.readAllLines(scripts.resolve("conffiles")))
                .containsExactly("/etc/outpost/outpost.yaml");
    }

    @Test
    void nothingInItMayBeWrittenByOthersAndNothingBelongsToTheBuilder() {
        String list =
                Command.of("dpkg-deb", "-c", deb.toString())
                        .within(Duration.ofSeconds(60))
                        .run()
                        .succeeded()
                        .out();

        assertThat(list.lines())
                .isNotEmpty()
                .allMatch(line -> line.contains(" root/root "))
                .noneMatch(line -> line.charAt(0) != 'l' && line.charAt(8) == 'w');
    }

    @Test
    void itsConfigurationIsValid() {
        Command.of(
                        installed("usr/lib/outpost/outpost").toString(),
                        "config",
                        "check",
                        "--config",
                        installed("etc/outpost/outpost.yaml").toString())
                .within(Duration.ofSeconds(60))
                .run()
                .succeeded();
    }

    @Test
    @NeedsTool("systemd-analyze")
    void systemdUnderstandsItsUnit(@TempDir Path folder) throws IOException {
        // the program is looked for where the unit says, which is not installed here
        Path unit = folder.resolve("outpost.service");
        Files.writeString(
                unit,
                Files.readString(installed("lib/systemd/system/outpost.service"))
                        .replace("/usr/lib/outpost", installed("usr/lib/outpost").toString())
                        .replace("file:/usr/share", "file:" + installed("usr/share")));

        String said =
                Command.of("systemd-analyze", "verify", "--man=no", unit.toString())
                        .within(Duration.ofSeconds(60))
                        .run()
                        .out();

        assertThat(said.lines().filter(line -> line.contains("outpost.service"))).isEmpty();
    }

    @Test
    @NeedsTool("socat")
    void itRunsWithItsOwnRuntimeAndTellsTheServiceManager(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("notify");
        Path heard = folder.resolve("heard");
        Files.createFile(heard);
        List<Integer> ports = Stream.generate(new FreePorts()::next).limit(5).toList();
        try (OutpostProcess manager =
                OutpostProcess.start(
                        heard,
                        Map.of(),
                        List.of("socat", "-u", "UNIX-RECVFROM:" + socket + ",fork", "STDOUT"))) {
            await().atMost(START).until(() -> Files.exists(socket));
            try (OutpostProcess server =
                    OutpostProcess.start(
                            folder.resolve("serve.log"),
                            Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "3000000"),
                            Stream.of(
                                            List.of(
                                                    installed("usr/lib/outpost/outpost").toString(),
                                                    "serve",
                                                    "--config",
                                                    installed("etc/outpost/outpost.yaml")
                                                            .toString()),
                                            settings(folder, ports))
                                    .flatMap(List::stream)
                                    .toList())) {
                server.awaitPort(ports.getFirst(), START);
                await().atMost(START)
                        .untilAsserted(
                                () ->
                                        assertThat(manager.log())
                                                .contains("READY=1", "STATUS=5 doors"));
                await().atMost(START)
                        .untilAsserted(
                                () -> assertThat(count(manager, "WATCHDOG=1")).isGreaterThan(3));
                assertThat(Files.readSymbolicLink(Path.of("/proc/" + server.pid() + "/exe")))
                        .isEqualTo(installed("usr/lib/outpost/runtime/bin/java").toRealPath());
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(
                                                folder.resolve("data/cli.token"))))
                        .isEqualTo("rw-------");

                assertThat(server.stop(Duration.ofSeconds(60))).isZero();
            }
            await().untilAsserted(() -> assertThat(manager.log()).contains("STOPPING=1"));
        }
    }

    @Test
    @NeedsTool("socat")
    void aStartThatFailsSaysWhyToTheServiceManager(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("notify");
        Path heard = folder.resolve("heard");
        Path occupied = Files.createFile(folder.resolve("data"));
        try (OutpostProcess manager =
                OutpostProcess.start(
                        heard,
                        Map.of(),
                        List.of("socat", "-u", "UNIX-RECVFROM:" + socket + ",fork", "STDOUT"))) {
            await().atMost(START).until(() -> Files.exists(socket));
            try (OutpostProcess server =
                    OutpostProcess.start(
                            folder.resolve("serve.log"),
                            Map.of("NOTIFY_SOCKET", socket.toString()),
                            List.of(
                                    installed("usr/lib/outpost/outpost").toString(),
                                    "serve",
                                    "--set",
                                    "data-dir=" + occupied))) {
                assertThat(server.awaitExit(START)).isEqualTo(1);
            }
            await().untilAsserted(
                            () ->
                                    assertThat(manager.log())
                                            .contains("STATUS=cannot start: ")
                                            .doesNotContain("READY=1"));
        }
    }

    private static List<String> settings(Path folder, List<Integer> ports) {
        return Stream.of(
                        "data-dir=" + folder.resolve("data"),
                        "tunnel.listeners=[{port: %d, tls: modern}]".formatted(ports.get(0)),
                        "http-proxy.port=" + ports.get(1),
                        "socks.port=" + ports.get(2),
                        "web.port=" + ports.get(3),
                        "management.port=" + ports.get(4))
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
    }

    private static int count(OutpostProcess process, String text) {
        return process.log().split(text, -1).length - 1;
    }
}
