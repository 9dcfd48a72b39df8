package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Listening;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.ChannelService;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.DeviceManners;
import org.outpost.testkit.certificate.TlsContexts;
import org.outpost.testkit.process.FreePorts;
import org.outpost.testkit.process.OutpostConfig.Tls;
import org.outpost.testkit.process.OutpostProcess;
import org.outpost.testkit.socks.HttpProxyClient;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code outpost serve}: the file users write, the process, what it makes and what it keeps. */
final class ServeIT {
    private static final Duration START = Duration.ofSeconds(90);

    /** As the issue has it, to the letter. */
    private static final String AS_WRITTEN =
            """
            data-dir: /some/where/data
            tunnel:
              listeners:
                - { port: 4433, tls: modern }          # tls: modern | legacy | none
              authenticators:
                - { type: password-file, file: /some/where/devices.passwd }   # lines user:password
              limits: { tunnels: 20000, new-connections-per-address-per-second: 0, handshakes-in-flight: 2000 }   # 0 = no limit
            console:
              authenticators:
                - { type: insecure-accept-any }        # doors then bind loopback unless an address is written
            http-proxy: { port: 8080 }
            socks: { port: 1080 }
            web: { port: 8443 }
            """;

    @TempDir Path folder;

    private final FreePorts ports = new FreePorts();

    @Test
    void theFileOfTheManualWorksAsWritten() throws IOException {
        int tunnel = ports.next();
        int httpProxy = ports.next();
        int socks = ports.next();
        int web = ports.next();
        Path file = folder.resolve("outpost.yaml");
        Files.writeString(
                file,
                AS_WRITTEN
                        .replace("/some/where", folder.toString())
                        .replace("4433", Integer.toString(tunnel))
                        .replace("8080", Integer.toString(httpProxy))
                        .replace("1080", Integer.toString(socks))
                        .replace("8443", Integer.toString(web)));
        DeviceIdentity device = Server.device(1, "as-written.example.test");
        Files.writeString(
                folder.resolve("devices.passwd"), device.user() + ":" + device.password() + "\n");

        try (OutpostProcess server =
                OutpostProcess.outpost(
                        folder.resolve("serve.log"), "serve", "--config", file.toString())) {
            for (int port : List.of(tunnel, httpProxy, socks, web)) {
                server.awaitPort(port, START);
            }
            assertIsTheJvmItself(server);
            assertThat(Listening.addresses(tunnel)).containsExactly("*");
            for (int port : List.of(httpProxy, socks, web)) {
                assertThat(Listening.addresses(port))
                        .as("without authentication only this machine may come in")
                        .isNotEmpty()
                        .allMatch(Listening::isLoopback);
            }
            assertMadeForTheOwnerAlone(folder.resolve("data"));

            InetSocketAddress door = new InetSocketAddress(ServerSetup.loopback4(), tunnel);
            try (ApfDevicePeer peer =
                            new ApfDevicePeer(
                                    ApfConnection.tls(
                                            door,
                                            TlsContexts.trusting(folder.resolve("data/ca.crt"))),
                                    device);
                    HttpProxyClient console =
                            HttpProxyClient.open(
                                    new InetSocketAddress(ServerSetup.loopback4(), httpProxy),
                                    Duration.ofSeconds(10))) {
                peer.start().serve(DeviceManners.decent(), ChannelService.page("hello"));
                assertThat(console.get("http://as-written.example.test/").body())
                        .isEqualTo("hello");
            }
            assertThat(server.stop(Duration.ofSeconds(30))).isZero();
            server.assertNoLeaks(device.password());
        }
    }

    private static void assertIsTheJvmItself(OutpostProcess server) throws IOException {
        Path proc = Path.of("/proc", Long.toString(server.pid()));
        assertThat(proc.resolve("exe").toRealPath().getFileName()).hasToString("java");
        assertThat(Files.readString(proc.resolve("cmdline"))).contains("serve\0--config\0");
    }

    private static void assertMadeForTheOwnerAlone(Path data) throws IOException {
        for (String secret : List.of("ca.key", "server.key", "cli.token")) {
            assertThat(mode(data.resolve(secret))).as(secret).isEqualTo("rw-------");
        }
        assertThat(data.resolve("ca.crt")).isRegularFile();
        assertThat(mode(data)).isEqualTo("rwx------");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void anUnknownDeviceIsAdmittedRecordedAndKnownAfterARestart() throws IOException {
        ServerSetup setup = ServerSetup.in(folder).listener(Tls.MODERN).listener(Tls.NONE);
        DeviceIdentity first = Server.device(1, "first.example.test");
        DeviceIdentity second = Server.device(2, "second.example.test");
        byte[] ca;
        try (Server server = setup.start()) {
            ca = Files.readAllBytes(server.caFile());
            try (ApfDevicePeer overTls = server.callIn(first).serve();
                    ApfDevicePeer plain = server.callInPlainly(1, second).serve()) {
                assertThat(overTls.device()).isNotEqualTo(plain.device());
                server.awaitTunnels(2, Duration.ofSeconds(10));
                JsonNode shown = server.api().read("devices/" + first.uuid());
                assertThat(shown.path("connectionStatus").asBoolean()).isTrue();
                assertThat(shown.path("hostname").asString()).isEqualTo(first.name());
                assertThat(shown.path("credential").asString()).isEqualTo(first.user());
                assertThat(shown.path("tunnel").path("protocol").asString()).isEqualTo("TLSv1.3");
            }
            server.awaitTunnels(0, Duration.ofSeconds(10));
            server.stopCleanly(ServerSetup.PASSWORD);
        }
        try (Server again = setup.start()) {
            assertThat(Files.readAllBytes(again.caFile())).isEqualTo(ca);
            assertThat(again.api().devices(false))
                    .extracting(device -> device.path("guid").asString())
                    .containsExactlyInAnyOrder(first.uuid().toString(), second.uuid().toString());
            assertThat(again.api().devices(true)).isEmpty();
            String table = again.outpost("device", "list").succeeded().out();
            assertThat(table).contains(first.name(), second.name());
            try (ApfDevicePeer back = again.callIn(first)) {
                back.keepAlive(1);
                assertThat(again.outpost("device", "list", "--connected").succeeded().out())
                        .contains(first.name())
                        .doesNotContain(second.name());
            }
            again.stopCleanly(ServerSetup.PASSWORD);
        }

        Files.move(setup.config().dataDir().resolve("ca.key"), folder.resolve("taken-away"));
        try (OutpostProcess refusing = OutpostProcess.serve(setup.config())) {
            assertThat(refusing.awaitExit(START)).isNotZero();
            assertThat(refusing.log()).contains("ca.key").contains("missing");
            assertThat(setup.config().dataDir().resolve("ca.key")).doesNotExist();
        }
        Files.writeString(setup.config().dataDir().resolve("ca.key"), "not a key\n");
        try (OutpostProcess refusing = OutpostProcess.serve(setup.config())) {
            assertThat(refusing.awaitExit(START)).isNotZero();
            assertThat(refusing.log()).contains("ca.key");
            assertThat(Files.readAllBytes(setup.config().dataDir().resolve("ca.crt")))
                    .isEqualTo(ca);
        }
    }

    @Test
    void withoutAFileItStartsOnSafeDefaultsAndSaysWhich() throws IOException {
        Map<String, String> environment =
                Map.of(
                        "OUTPOST_DATA_DIR", folder.resolve("data").toString(),
                        "OUTPOST_TUNNEL_LISTENERS",
                                "[{ port: %d, tls: modern }]".formatted(ports.next()),
                        "OUTPOST_HTTP_PROXY_PORT", Integer.toString(ports.next()),
                        "OUTPOST_SOCKS_PORT", Integer.toString(ports.next()),
                        "OUTPOST_WEB_PORT", Integer.toString(ports.next()),
                        "OUTPOST_MANAGEMENT_PORT", Integer.toString(ports.next()));
        try (OutpostProcess server =
                OutpostProcess.start(
                        folder.resolve("serve.log"),
                        environment,
                        List.of(OutpostProcess.launcher().toString(), "serve"))) {
            int socks = Integer.parseInt(environment.get("OUTPOST_SOCKS_PORT"));
            int web = Integer.parseInt(environment.get("OUTPOST_WEB_PORT"));
            server.awaitPort(web, START).awaitPort(socks, START);
            assertThat(server.log()).containsIgnoringCase("no configuration file");
            assertThat(Listening.addresses(socks)).isNotEmpty().allMatch(Listening::isLoopback);
            Path passwords = folder.resolve("data/devices.passwd");
            server.awaitLog("devices\\.passwd", Duration.ofSeconds(10));
            List<String> users =
                    Files.readAllLines(passwords).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList();
            assertThat(users).hasSize(1);
            String secret = users.getFirst().substring(users.getFirst().indexOf(':') + 1);
            assertThat(secret).hasSizeGreaterThanOrEqualTo(8);
            assertThat(server.stop(Duration.ofSeconds(30))).isZero();
            server.assertNoLeaks(secret);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        ServerSetup setup = ServerSetup.in(folder);
        try (Server first = setup.start()) {
            Path other = folder.resolve("other");
            assertThat(other.toFile().mkdir()).isTrue();
            int taken = first.config().socksPort();
            ServerSetup second = ServerSetup.in(other).set("socks.port", taken);
            try (OutpostProcess process = second.launch()) {
                assertThat(process.awaitExit(START)).isNotZero();
                assertThat(process.log())
                        .contains("socks")
                        .contains(Integer.toString(taken))
                        .doesNotContain("\tat ");
            }
            try (OutpostProcess sameFolder =
                    OutpostProcess.outpost(
                            folder.resolve("third.log"),
                            "serve",
                            "--config",
                            setup.config().file().toString())) {
                assertThat(sameFolder.awaitExit(START))
                        .as("two servers never share a data folder")
                        .isNotZero();
                assertThat(sameFolder.log()).contains(first.dataDir().toString());
            }
            first.stopCleanly(ServerSetup.PASSWORD);
        }
    }
}
