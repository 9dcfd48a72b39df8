package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.process.OutpostProcess;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;
import org.outpost.testkit.socks.SocksClient;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;

/** What the server logs, what it never logs, and how to change it while it runs. */
final class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CONSOLE_PASSWORD = "C0nsole-Secret";
    private static final String WRONG_CONSOLE_PASSWORD = "Wr0ng-C0nsole-Secret";
    private static final String WRONG_DEVICE_PASSWORD = "Wr0ng-Device-Secret";
    private static final String DEVICE_AUTHORIZATION = "QXV0aG9yaXphdGlvbi1TZWNyZXQ";
    private static final String WRONG_TOKEN = "Wr0ng-T0ken-0123456789";

    @TempDir Path folder;

    @Test
    void noSecretIsLoggedAtAnyLevel() {
        try (Server server =
                        ServerSetup.in(folder)
                                .consoles("console:" + CONSOLE_PASSWORD)
                                .with("logging: { level: trace }")
                                .start();
                Devices devices = new Devices(server)) {
            devices.web("logged.example.test");
            wrongDevicePassword(server);
            String basic = HttpProxyClient.basic("console", CONSOLE_PASSWORD);
            String wrong = HttpProxyClient.basic("console", WRONG_CONSOLE_PASSWORD);
            try (HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE)) {
                assertThat(
                                console.get(
                                                "http://logged.example.test/",
                                                "Proxy-Authorization: " + wrong)
                                        .status())
                        .isEqualTo(407);
            }
            try (HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE)) {
                HttpResponse answer =
                        console.get(
                                "http://logged.example.test/",
                                "Proxy-Authorization: " + basic,
                                "Authorization: Basic " + DEVICE_AUTHORIZATION);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body())
                        .as("what is meant for the device reaches it, and nothing else does")
                        .contains(DEVICE_AUTHORIZATION)
                        .doesNotContain(basic);
            }
            for (String password : new String[] {CONSOLE_PASSWORD, WRONG_CONSOLE_PASSWORD}) {
                try (SocksClient console = SocksClient.open(server.socks(), PATIENCE)) {
                    assertThat(console.connect("logged.example.test", 16992, "console", password))
                            .isEqualTo(password.equals(CONSOLE_PASSWORD) ? 0 : -1);
                }
            }
            String token = OutpostProcess.cliToken(server.dataDir());
            server.outpost("device", "list").succeeded();
            assertThat(server.outpost("device", "list", "--token", WRONG_TOKEN).exit()).isNotZero();

            assertThat(server.process().log()).as("it does log at trace").contains("TRACE");
            server.stopCleanly(
                    ServerSetup.PASSWORD,
                    CONSOLE_PASSWORD,
                    WRONG_CONSOLE_PASSWORD,
                    WRONG_DEVICE_PASSWORD,
                    DEVICE_AUTHORIZATION,
                    basic.substring("Basic ".length()),
                    wrong.substring("Basic ".length()),
                    token,
                    WRONG_TOKEN);
        }
    }

    private static void wrongDevicePassword(Server server) {
        DeviceIdentity device = Server.device(99, "wrong.example.test");
        try (ApfDevicePeer peer =
                new ApfDevicePeer(ApfConnection.tls(server.tunnelDoor(), server.trust()), device)) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection().send(ApfBytes.userauthPassword(device.user(), WRONG_DEVICE_PASSWORD));
            peer.expect(WireMessage.UserauthFailure.class);
        }
    }

    @Test
    void theLevelChangesWhileTheServerRuns() {
        String logger = "org.outpost.gateway.tunnel";
        try (Server server = ServerSetup.in(folder).start()) {
            visitAndLeave(server);
            assertThat(server.process().log()).doesNotContain("DEBUG");

            server.outpost("log-level", "set", logger, "debug").succeeded();
            visitAndLeave(server);
            server.process().awaitLog("DEBUG.*connection ended before", PATIENCE);

            assertThat(server.outpost("log-level", "list").succeeded().out()).contains(logger);
            server.outpost("log-level", "set", logger, "info").succeeded();
            long before = server.logLines().filter(line -> line.contains("DEBUG")).count();
            visitAndLeave(server);
            assertThat(server.logLines().filter(line -> line.contains("DEBUG")))
                    .hasSize((int) before);
            server.stopCleanly(ServerSetup.PASSWORD);
        }
    }

    private static void visitAndLeave(Server server) {
        double ended = ended(server);
        try (ApfDevicePeer peer =
                new ApfDevicePeer(
                        ApfConnection.tls(server.tunnelDoor(), server.trust()),
                        Server.device(5, "visitor.example.test"))) {
            peer.reach(Stage.AUTHENTICATING);
        }
        await().atMost(PATIENCE).until(() -> ended(server) > ended);
    }

    private static double ended(Server server) {
        return server.management().metrics().value("outpost_tunnel_ended_total");
    }

    @Test
    void inJsonEveryLineIsAnObject() {
        try (Server server = ServerSetup.in(folder).with("logging: { format: json }").start()) {
            server.callIn(Server.device(1, "json.example.test")).close();
            server.process().awaitLog("device disconnected", PATIENCE);
            JsonMapper json = new JsonMapper();

            assertThat(server.logLines().filter(line -> line.contains("device connected")))
                    .singleElement()
                    .satisfies(
                            line ->
                                    assertThat(json.readTree(line).toString())
                                            .contains(Server.device(1, "").uuid().toString()));
            server.stopCleanly(ServerSetup.PASSWORD);
        }
    }
}
