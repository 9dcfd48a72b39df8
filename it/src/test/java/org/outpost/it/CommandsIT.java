package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The commands that ask a running server, and the doors for operators. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsIT {
    private static final JsonMapper JSON = new JsonMapper();

    private Path folder;

    private Server server;
    private Devices devices;
    private ApfDevicePeer device;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = ServerSetup.in(folder).start();
        devices = new Devices(server);
        device = devices.keep(server.callIn(devices.next("listed.example.test"))).serve();
        devices.gone("gone.example.test");
        server.awaitTunnels(1, Duration.ofSeconds(10));
    }

    @AfterAll
    void stop() {
        devices.close();
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
    }

    @Test
    void deviceListIsATableForPeopleAndJsonForPrograms() {
        assertThat(server.outpost("device", "list").succeeded().out())
                .contains("NAME", "GUID", "listed.example.test", "gone.example.test");
        JsonNode gone =
                JSON.readTree(
                        server.outpost("device", "list", "--search", "GONE", "--json")
                                .succeeded()
                                .out());
        assertThat(gone.path("totalCount").asInt()).isEqualTo(1);
        assertThat(gone.path("data").get(0).path("hostname").asString())
                .isEqualTo("gone.example.test");
        JsonNode connected =
                JSON.readTree(
                        server.outpost("device", "list", "--connected", "--json")
                                .succeeded()
                                .out());
        assertThat(connected.path("data").size()).isEqualTo(1);
        assertThat(connected.path("data").get(0).path("guid").asString())
                .isEqualTo(device.device().uuid().toString());
    }

    @Test
    void deviceShowTellsOfItsTunnel() {
        assertThat(server.outpost("device", "show", "listed.example.test").succeeded().out())
                .contains(device.device().uuid().toString(), "TLSv1.3", "16992", ServerSetup.USER);
        Command.Result unknown = server.outpost("device", "show", "nobody.example.test");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("nobody.example.test").doesNotContain("\tat ");
    }

    @Test
    void tunnelResetEndsATunnelAndOnlyThat() {
        try (ApfDevicePeer other = server.callIn(devices.next("reset.example.test")).serve()) {
            assertThat(server.outpost("tunnel", "list").succeeded().out())
                    .contains("reset.example.test", "listed.example.test");

            server.outpost("tunnel", "reset", "reset.example.test").succeeded();

            assertThat(other.served().join())
                    .singleElement()
                    .isInstanceOf(WireMessage.Disconnect.class);
            JsonNode left =
                    JSON.readTree(server.outpost("tunnel", "list", "--json").succeeded().out());
            assertThat(left.path("data").size()).isEqualTo(1);
            assertThat(left.path("data").get(0).path("hostname").asString())
                    .isEqualTo("listed.example.test");
        }
        assertThat(server.outpost("tunnel", "reset", "gone.example.test").exit()).isEqualTo(1);
    }

    @Test
    void onlyTheTokenOpensTheApi() throws IOException {
        Path given = folder.resolve("given.token");
        Files.writeString(given, OutpostProcess.cliToken(server.dataDir()) + "\n");
        server.outpost("device", "list", "--token-file", given.toString()).succeeded();
        Files.writeString(given, "0123456789abcdef0123456789abcdef\n");

        Command.Result refused = server.outpost("device", "list", "--token-file", given.toString());

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("token").doesNotContain("0123456789abcdef");
    }

    @Test
    void metricsAndHealthAreOnTheManagementDoor() {
        assertThat(server.management().status("/health/live")).isEqualTo(200);
        assertThat(server.management().status("/health/ready")).isEqualTo(200);
        String metrics = server.management().text();
        assertThat(metrics)
                .contains(
                        "outpost_tunnels ", "jvm_memory_used_bytes", "outpost_tunnel_ended_total");
        assertThat(server.management().status("/api/v1/devices")).isEqualTo(404);
    }
}
