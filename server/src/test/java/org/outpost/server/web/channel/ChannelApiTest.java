package org.outpost.server.web.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;
import org.outpost.server.command.redirection.RelayConnector;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.server.web.amt.SimulatedDevice;
import org.outpost.testkit.socks.SocksClient;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Who talks to a device of the simulator, which is connected by a tunnel, through which door. */
@TestInstance(Lifecycle.PER_CLASS)
class ChannelApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<AutoCloseable> consoles = new ArrayList<>();
    private RunningServer server;
    private SimulatedDevice device;
    private String local;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        server =
                new RunningServer(
                        folder,
                        """
                        amt: { password-file: amt.password, timeout: 5s }
                        console: { authenticators: [{ type: users }], timeouts: { linger: 1s } }
                        """);
        local = server.localToken();
        device = new SimulatedDevice(server, folder, "talked-to");
        user("conny", "console", "*");
        user("admin2", "administrator", "*");
        user("looker", "viewer", "*");
        assertThat(call("POST", "/tenants", local, "{\"name\":\"acme\"}").status()).isEqualTo(201);
        user("ann", "administrator", "acme");
    }

    @AfterEach
    void leave() throws Exception {
        for (AutoCloseable console : consoles) {
            console.close();
        }
        consoles.clear();
        await().atMost(PATIENCE).until(() -> channels("?door=socks").isEmpty());
    }

    @AfterAll
    void stop() {
        device.close();
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void user(String name, String role, String tenant) throws Exception {
        Answer made =
                call(
                        "POST",
                        "/users",
                        local,
                        """
                        {"name":"%s","password":"%s","grants":[{"role":"%s","tenant":"%s"}]}
                        """
                                .formatted(name, PASSWORD, role, tenant));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    }

    private Answer call(String method, String path, String token, String body) throws Exception {
        return server.call(method, "/api/v1" + path, token, body);
    }

    private List<JsonNode> channels(String query) throws Exception {
        return channels(query, local);
    }

    private List<JsonNode> channels(String query, String token) throws Exception {
        Answer answer = call("GET", "/channels" + query, token, "");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        List<JsonNode> all = new ArrayList<>();
        answer.body().get("data").forEach(all::add);
        return all;
    }

    private SocksClient socks() {
        SocksClient console = SocksClient.open(server.door("socks"), PATIENCE);
        consoles.add(console);
        assertThat(console.connect(device.guid(), 16993, "conny", PASSWORD))
                .isEqualTo(SocksClient.SUCCEEDED);
        return console;
    }

    @Test
    void aConsoleOfTheSocksDoorIsListedWhileItIsConnected() throws Exception {
        SocksClient console = socks();
        console.stream().send(new byte[] {22, 3, 1, 0});

        JsonNode channel = channels("?guid=" + device.guid() + "&door=socks").getFirst();
        assertThat(channel.get("guid").asString()).isEqualTo(device.guid());
        assertThat(channel.get("hostname").asString()).startsWith("talked-to");
        assertThat(channel.get("port").asInt()).isEqualTo(16993);
        assertThat(channel.get("route").asString()).isEqualTo("tunnel");
        assertThat(channel.get("tunnel").asLong())
                .isEqualTo(
                        call("GET", "/devices/" + device.guid(), local, "")
                                .body()
                                .at("/tunnel/id")
                                .asLong());
        assertThat(channel.get("user").asString()).isEqualTo("user:conny");
        assertThat(channel.get("means").asString()).isEqualTo("opaque");
        assertThat(channel.get("address").asString()).startsWith("127.0.0.1:");
        String id = channel.get("id").asString();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            JsonNode now = call("GET", "/channels/" + id, local, "").body();
                            assertThat(now.get("bytesToDevice").asLong()).isEqualTo(4);
                            assertThat(now.get("bytesToDevicePerSecond").asLong()).isPositive();
                        });
        assertThat(channels("?user=user:conny")).hasSize(1);
        assertThat(channels("?user=somebody")).isEmpty();
        assertThat(channels("?guid=" + UUID.randomUUID())).isEmpty();

        console.close();

        await().atMost(PATIENCE)
                .until(() -> call("GET", "/channels/" + id, local, "").status() == 404);
    }

    @Test
    void whoMayConfigureTheDeviceCutsTheChannel() throws Exception {
        SocksClient console = socks();
        String id = channels("?door=socks").getFirst().get("id").asString();

        String looker = server.signIn("looker", PASSWORD);
        assertThat(channels("?door=socks", looker)).hasSize(1);
        assertThat(call("DELETE", "/channels/" + id, looker, "").status()).isEqualTo(403);
        String admin = server.signIn("admin2", PASSWORD);
        assertThat(call("DELETE", "/channels/" + id, admin, "").status()).isEqualTo(204);

        assertThat(console.stream().hasEnded()).isTrue();
        assertThat(call("DELETE", "/channels/" + id, admin, "").status()).isEqualTo(404);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            JsonNode entries =
                                    call("GET", "/audit?action=reset-channel", local, "")
                                            .body()
                                            .get("data");
                            assertThat(entries.toString())
                                    .contains(device.guid(), "user:conny", "denied", "done");
                        });
    }

    @Test
    void otherTenantsHearNothingOfIt() throws Exception {
        socks();
        String id = channels("?door=socks").getFirst().get("id").asString();
        String ann = server.signIn("ann", PASSWORD);

        assertThat(channels("", ann)).isEmpty();
        assertThat(call("GET", "/channels", ann, "").body().get("totalCount").asLong()).isZero();
        assertThat(call("GET", "/channels/" + id, ann, "").status()).isEqualTo(404);
        assertThat(call("DELETE", "/channels/" + id, ann, "").status()).isEqualTo(404);
    }

    @Test
    void whatTheServerOpensIsListedToo() throws Exception {
        assertThat(call("GET", "/amt/power/state/" + device.guid(), local, "").status())
                .isEqualTo(200);
        assertThat(channels("?door=server"))
                .anySatisfy(
                        one -> {
                            assertThat(one.get("means").asString()).isEqualTo("wsman");
                            assertThat(one.get("user").asString()).isEmpty();
                            assertThat(one.get("address").asString()).isEmpty();
                            assertThat(one.get("bytesToConsole").asLong()).isPositive();
                        });
    }

    @Test
    void aScreenOfABrowserIsListedWithItsUser() throws Exception {
        String admin = server.signIn("admin2", PASSWORD);
        String ticket =
                call("GET", "/authorize/redirection/" + device.guid(), admin, "")
                        .body()
                        .get("token")
                        .asString();
        RedirectionChannel screen =
                new RedirectionClient(
                                new RelayConnector(
                                        server.url(),
                                        server.trust(),
                                        loops,
                                        UUID.fromString(device.guid()),
                                        RedirectionKind.KVM,
                                        ticket),
                                RedirectionSettings.DEFAULT,
                                ConsentCheck.UNKNOWN)
                        .open(RedirectionKind.KVM, new RedirectionCredentials("nobody", "knows"))
                        .join();

        // Only who reads notices the end.
        screen.channel().config().setAutoRead(true);
        JsonNode channel = channels("?door=web").getFirst();
        assertThat(channel.get("means").asString()).isEqualTo("kvm");
        assertThat(channel.get("user").asString()).isEqualTo("admin2");
        assertThat(channel.get("port").asInt()).isEqualTo(16995);
        call("DELETE", "/channels/" + channel.get("id").asString(), admin, "");

        await().atMost(PATIENCE).until(() -> !screen.channel().isOpen());
        assertThat(channels("?door=web")).isEmpty();
    }

    @Test
    void tunnelsTellTheirRates() throws Exception {
        Answer tunnels = call("GET", "/tunnels?sort=busiest&%24top=1", local, "");
        JsonNode tunnel = tunnels.body().at("/data/0");
        assertThat(tunnel.get("guid").asString()).isEqualTo(device.guid());
        assertThat(tunnel.get("bytesInPerSecond").isNumber()).isTrue();
        assertThat(tunnel.get("bytesOutPerSecond").isNumber()).isTrue();
        assertThat(tunnels.body().get("totalCount").asLong()).isEqualTo(1);
        assertThat(call("GET", "/tunnels?%24skip=1", local, "").body().get("data")).isEmpty();
        assertThat(call("GET", "/tunnels?sort=name", local, "").status()).isEqualTo(400);
        assertThat(call("GET", "/tunnels?%24top=0", local, "").status()).isEqualTo(400);
    }

    @Test
    void badQuestionsAreTold() throws Exception {
        assertThat(call("GET", "/channels?guid=pc", local, "").status()).isEqualTo(400);
        assertThat(call("GET", "/channels?%24top=0", local, "").status()).isEqualTo(400);
        assertThat(call("GET", "/channels?%24skip=-1", local, "").status()).isEqualTo(400);
        assertThat(call("GET", "/channels/x", local, "").status()).isEqualTo(400);
    }
}
