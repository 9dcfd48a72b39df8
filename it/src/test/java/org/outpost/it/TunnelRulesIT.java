package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
import org.outpost.testkit.socks.HttpProxyClient;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who may have which tunnel, for how long, and who has to wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TunnelRulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String OTHER_USER = "other-user";
    private static final String OTHER_PASSWORD = "Other-Passw0rd";

    private Server server;
    private Devices devices;

    @BeforeAll
    void start(@TempDir Path folder) {
        ServerSetup setup = ServerSetup.in(folder).set("tunnel.keep-alive.interval", "1s");
        setup.config().device(OTHER_USER, OTHER_PASSWORD);
        server = setup.start();
        devices = new Devices(server);
    }

    @AfterAll
    void stop() {
        devices.close();
        server.stopCleanly(ServerSetup.PASSWORD, OTHER_PASSWORD);
        server.close();
    }

    @Test
    void threeWrongPasswordsEndTheConnection() {
        DeviceIdentity device = devices.next("guesses.example.test");
        try (ApfDevicePeer peer = new ApfDevicePeer(connect(), device)) {
            peer.reach(Stage.AUTHENTICATING);
            for (int attempt = 1; attempt <= 2; attempt++) {
                peer.connection().send(ApfBytes.userauthPassword(device.user(), "wrong"));
                peer.expect(WireMessage.UserauthFailure.class);
            }
            peer.connection().send(ApfBytes.userauthPassword(device.user(), "wrong"));
            peer.connection().awaitEnd(PATIENCE);
        }
        assertThat(ended("authentication_failed")).isEqualTo(1);
    }

    @Test
    void aDeviceThatAnswersNoKeepAliveIsGivenUpAfterThree() {
        DeviceIdentity device = devices.next("dying.example.test");
        try (ApfDevicePeer dying = server.callIn(device)) {
            agreeOnAnIntervalAndFallSilent(dying);
        }
        await().atMost(PATIENCE).until(() -> ended("keepalive_timeout") == 1);
    }

    /** The options may have come, and been answered, while it announced its ports. */
    private static void agreeOnAnIntervalAndFallSilent(ApfDevicePeer peer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (peer.connection().end() == null) {
            assertThat(System.nanoTime()).as("the tunnel is ended in time").isLessThan(deadline);
            if (peer.connection().receive(PATIENCE).orElse(null)
                    instanceof WireMessage.KeepAliveOptionsRequest options) {
                peer.connection()
                        .send(
                                ApfBytes.keepAliveOptionsReply(
                                        options.interval(), options.timeout()));
            }
        }
    }

    @Test
    void theNewestTunnelOfADeviceWins() {
        DeviceIdentity device = devices.next("twice.example.test");
        try (ApfDevicePeer older = server.callIn(device).serve();
                ApfDevicePeer newer = server.callIn(device)) {
            assertThat(older.served().join())
                    .singleElement()
                    .isInstanceOf(WireMessage.Disconnect.class);
            newer.serve();
            try (HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE)) {
                assertThat(console.connect("twice.example.test:16994").status()).isEqualTo(200);
            }
            assertThat(newer.opens()).isEqualTo(1);
        }
        assertThat(ended("replaced")).isEqualTo(1);
    }

    @Test
    void anotherCredentialNeverTakesATunnelAndBothAddressesAreLogged() {
        DeviceIdentity device = devices.next("owner.example.test");
        DeviceIdentity thief =
                new DeviceIdentity(
                        device.uuid(), OTHER_USER, OTHER_PASSWORD, "thief", device.ports());
        try (ApfDevicePeer owner = server.callIn(device);
                ApfDevicePeer other = new ApfDevicePeer(connect(), thief)) {
            other.reach(Stage.AUTHENTICATING);
            other.connection().send(other.password());
            assertThat(other.expect(WireMessage.Disconnect.class).reason()).isEqualTo(1);
            other.connection().awaitEnd(PATIENCE);
            owner.keepAlive(1);

            server.process()
                    .awaitLog("two devices show one UUID.*" + device.uuid(), Duration.ofSeconds(5));
            assertThat(server.logLines().filter(line -> line.contains("two devices show one UUID")))
                    .singleElement()
                    .satisfies(
                            line ->
                                    assertThat(line)
                                            .contains(
                                                    ":"
                                                            + owner.connection()
                                                                    .localAddress()
                                                                    .getPort())
                                            .contains(
                                                    ":"
                                                            + other.connection()
                                                                    .localAddress()
                                                                    .getPort()));
        }
    }

    @Test
    void devicesWithAUuidThatNoMakerSetAreToldApartByCredential() {
        UUID junk = UUID.fromString("03000200-0400-0500-0006-000700080009");
        List<Integer> ports = DeviceIdentity.AMT_PORTS;
        DeviceIdentity one =
                new DeviceIdentity(
                        junk, ServerSetup.USER, ServerSetup.PASSWORD, "junk-1.example.test", ports);
        DeviceIdentity two =
                new DeviceIdentity(junk, OTHER_USER, OTHER_PASSWORD, "junk-2.example.test", ports);
        try (ApfDevicePeer first = server.callIn(one);
                ApfDevicePeer second = server.callIn(two)) {
            first.keepAlive(1);
            second.keepAlive(2);
            String shown = server.outpost("device", "show", two.name()).succeeded().out();
            assertThat(shown).contains(junk.toString());
        }
    }

    @Test
    void consolesThatKeepIdleConnectionsDoNotHoldAllChannelsOfADevice() {
        ApfDevicePeer device = devices.web("popular.example.test");
        List<HttpProxyClient> consoles = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE);
                consoles.add(console);
                assertThat(console.get("http://popular.example.test/" + i).status())
                        .as("console %d, all earlier ones keep their connections", i)
                        .isEqualTo(200);
            }
            assertThat(device.openChannels()).isLessThanOrEqualTo(8);
            assertThat(consoles.getFirst().get("http://popular.example.test/again").status())
                    .as("who lost its idle channel gets another")
                    .isEqualTo(200);
        } finally {
            consoles.forEach(HttpProxyClient::close);
        }
        assertThat(device.violations()).isEmpty();
    }

    private ApfConnection connect() {
        return ApfConnection.tls(server.tunnelDoor(), server.trust());
    }

    private double ended(String cause) {
        return server.management()
                .metrics()
                .value("outpost_tunnel_ended_total", "cause=\"%s\"".formatted(cause));
    }
}
