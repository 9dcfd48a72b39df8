package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostConfig.Tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Devices fail in many ways, each from an address of its own, and {@code outpost why} tells what is
 * wrong with them and what to do.
 */
@NeedsTool("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WhyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String OTHER_USER = "other-user";
    private static final String OTHER_PASSWORD = "Other-Passw0rd";
    private static final int ENTRIES = 100;
    private static final int PLAIN = 1;

    private ServerSetup setup;
    private Server server;
    private Path stranger;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        stranger = TestCa.in(Files.createDirectory(folder.resolve("stranger"))).caFile();
        setup =
                ServerSetup.in(folder)
                        .listener(Tls.MODERN)
                        .listener(Tls.NONE)
                        .with("attempts: { addresses: %d }".formatted(ENTRIES));
        setup.config().device(OTHER_USER, OTHER_PASSWORD);
        server = setup.start();
    }

    @AfterAll
    void stop() {
        server.stopCleanly(ServerSetup.PASSWORD, OTHER_PASSWORD);
        server.close();
    }

    @Test
    @Order(1)
    void whoDoesNotKnowOurRootIsToldWhichRootToTrust() throws Exception {
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            call("127.0.0.21", version, "-verify_return_error", "-CAfile", stranger.toString());
        }

        assertThat(why("127.0.0.21"))
                .contains("From 127.0.0.21: 2 times since")
                .contains("does not trust our root")
                .contains("the device sent unknown_ca(48)")
                .contains(server.caFile().toString())
                .contains(fingerprint(server.caFile()));
    }

    @Test
    @Order(2)
    void whoWantsAnotherNameIsToldOurs() {
        call(
                "127.0.0.22",
                "-tls1_2",
                "-verify_return_error",
                "-CAfile",
                server.caFile().toString(),
                "-verify_hostname",
                "elsewhere.example.test");

        assertThat(why("127.0.0.22"))
                .contains("does not accept our certificate")
                .contains("tunnel.names");
    }

    @Test
    @Order(3)
    void whoseClockIsWrongIsToldSo() {
        call(
                "127.0.0.23",
                "-tls1_2",
                "-verify_return_error",
                "-CAfile",
                server.caFile().toString(),
                "-attime",
                "4102444800");

        assertThat(why("127.0.0.23"))
                .contains("certificate_expired(45)")
                .contains("the device's clock is wrong");
    }

    @Test
    @Order(4)
    void whoseTlsIsTooOldIsSentToALegacyListener() {
        call("127.0.0.24", "-tls1", "-cipher", "ALL:@SECLEVEL=0");

        assertThat(why("127.0.0.24"))
                .contains("speaks no version of TLS that this listener does")
                .contains("offers up to TLSv1 and the suites")
                .contains("add a tunnel listener with tls: legacy");
    }

    @Test
    @Order(5)
    void whoHasNoCipherInCommonIsToldSo() {
        call("127.0.0.25", "-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0");

        assertThat(why("127.0.0.25")).contains("no cipher suite or signature algorithm in common");
    }

    @Test
    @Order(6)
    void whoSaysNothingOrNoTlsIsToldSo() throws IOException {
        try (Socket silent = socket("127.0.0.26", 0)) {
            assertThat(silent.isConnected()).isTrue();
        }
        try (Socket odd = socket("127.0.0.27", 0)) {
            odd.getOutputStream().write(new byte[] {'S', 'S', 'H', '-', '2', '.', '0'});
            odd.getInputStream().readAllBytes();
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }

        assertThat(why("127.0.0.26")).contains("did not say a word");
        assertThat(why("127.0.0.27")).contains("What came first is not TLS");
        assertThat(why("127.0.0.26/31")).contains("did not say a word", "is not TLS");
    }

    @Test
    @Order(7)
    void aWrongPasswordIsFoundByTheUuidAndTheUserName() {
        DeviceIdentity device = device(1, ServerSetup.USER, "not-the-password", "locked-out");
        try (ApfDevicePeer peer = peer("127.0.0.31", device)) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection().send(peer.password());
            peer.expect(WireMessage.UserauthFailure.class);
        }

        assertThat(why(device.uuid().toString()))
                .contains("127.0.0.31")
                .contains("with the user name \"" + ServerSetup.USER + "\"")
                .contains("its password is wrong")
                .doesNotContain("not-the-password");
        String listed =
                server.outpost("attempts", "list", "--user", "device-us", "--failed")
                        .succeeded()
                        .out();
        assertThat(listed).contains("wrong_credentials").contains(device.uuid().toString());
    }

    @Test
    @Order(8)
    void aConnectedDeviceIsSaidToBeSoAndTwoOfOneNameAreToldApart() {
        try (ApfDevicePeer one =
                        started(
                                "127.0.0.32",
                                device(2, ServerSetup.USER, "", "twin.example.test"));
                ApfDevicePeer two =
                        started(
                                "127.0.0.33",
                                device(3, ServerSetup.USER, "", "twin.example.test"))) {
            one.keepAlive(1);
            two.keepAlive(1);

            assertThat(why("twin"))
                    .contains("is connected, since")
                    .contains("from 127.0.0.32")
                    .contains("from 127.0.0.33")
                    .contains("Several devices go by this name")
                    .contains("Another connected device claims the same name");
        }
    }

    @Test
    @Order(9)
    void aDeviceWithAnotherCredentialIsForgottenAndMayBindAnew() {
        DeviceIdentity owner = device(4, ServerSetup.USER, "", "bound.example.test");
        DeviceIdentity anew = device(4, OTHER_USER, OTHER_PASSWORD, "bound.example.test");
        String id = owner.uuid().toString();
        try (ApfDevicePeer first = started("127.0.0.34", owner)) {
            try (ApfDevicePeer other = peer("127.0.0.35", anew)) {
                other.reach(Stage.AUTHENTICATING);
                other.connection().send(other.password());
                other.expect(WireMessage.Disconnect.class);
            }
            assertThat(why("bound.example.test"))
                    .contains("bound.example.test (" + id + ") is connected")
                    .contains("bound to another credential")
                    .contains("outpost device forget");

            Command.Result refused = server.outpost("device", "forget", "bound.example.test");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("--force");
            server.outpost("device", "forget", id, "--force").succeeded();
            first.connection().awaitEnd(PATIENCE);
        }
        try (ApfDevicePeer second = started("127.0.0.35", anew)) {
            second.keepAlive(1);
            assertThat(why(id)).contains("by the credential " + OTHER_USER);
        }
    }

    @Test
    @Order(10)
    void aUuidThatNoMakerSetIsPointedOut() {
        UUID junk = UUID.fromString("03000200-0400-0500-0006-000700080009");
        DeviceIdentity device =
                new DeviceIdentity(
                        junk,
                        ServerSetup.USER,
                        ServerSetup.PASSWORD,
                        "junk.example.test",
                        DeviceIdentity.AMT_PORTS);
        try (ApfDevicePeer peer = started("127.0.0.36", device)) {
            peer.keepAlive(1);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(why("junk.example.test"))
                                            .contains("no UUID of its own")
                                            .contains(junk.toString()));
        }
    }

    @Test
    @Order(11)
    void whoWasNeverSeenGetsTheListOfWhatToCheckAndExitCodeOne() {
        Command.Result result = server.outpost("why", "never-seen.example.test");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(oneLine(result.out()))
                .contains("Nothing that could be it has reached this server")
                .contains("firewalls")
                .contains("company network");
        assertThat(result.err()).contains("nothing is known of 'never-seen.example.test'");
        assertThat(server.outpost("why", "never-seen.example.test", "--json").out())
                .contains("\"known\" : false");
    }

    @Test
    @Order(12)
    void aFloodFromManyAddressesLeavesTheLedgerBoundedAndKnownDevicesInIt() throws IOException {
        for (int i = 0; i < 3 * ENTRIES; i++) {
            socket("127.1.%d.%d".formatted(i / 250, i % 250 + 1), 0).close();
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                server.outpost(
                                                                "attempts",
                                                                "list",
                                                                "--address",
                                                                "127.1.1.50")
                                                        .out())
                                        .contains("nothing_sent"));
        assertThat(server.management().metrics().value("outpost_attempts_entries"))
                .isLessThanOrEqualTo(2.0 * ENTRIES);
        assertThat(server.outpost("attempts", "list", "--address", "127.0.0.21").out())
                .as("a stranger of before")
                .contains("There was no such connection.");
        assertThat(why("bound.example.test")).contains("127.0.0.35");
    }

    @Test
    @Order(13)
    void whatIsKnownOutlivesARestart() {
        server.stopCleanly(ServerSetup.PASSWORD, OTHER_PASSWORD);
        server.close();
        server = setup.start();

        assertThat(why("twin"))
                .contains("127.0.0.32")
                .contains("is not connected. It was last heard of")
                .contains("It has not tried again since");
        assertThat(server.outpost("attempts", "list", "--address", "127.1.0.0/16").out())
                .contains("nothing_sent");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private String why(String target) {
        return oneLine(server.outpost("why", target).succeeded().out());
    }

    /** A TLS client of the device's kind. */
    private void call(String from, String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-bind",
                                from + ":0",
                                "-connect",
                                "127.0.0.1:" + server.tunnelDoor().getPort()));
        words.addAll(List.of(options));
        assertThat(Command.of(words.toArray(String[]::new)).run().exit()).isNotZero();
    }

    private Socket socket(String from, int listener) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(server.tunnelDoor(listener), (int) PATIENCE.toMillis());
        return socket;
    }

    private static DeviceIdentity device(int number, String user, String password, String name) {
        DeviceIdentity usual = Server.device(8_000 + number, name);
        return new DeviceIdentity(
                usual.uuid(),
                user,
                password.isEmpty() ? ServerSetup.PASSWORD : password,
                name,
                DeviceIdentity.AMT_PORTS);
    }

    private ApfDevicePeer peer(String from, DeviceIdentity device) {
        try {
            return new ApfDevicePeer(
                    new ApfConnection(socket(from, PLAIN), ApfSide.DEVICE), device);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApfDevicePeer started(String from, DeviceIdentity device) {
        ApfDevicePeer peer = peer(from, device);
        try {
            return peer.start();
        } catch (RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    private static String fingerprint(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            CertificateFactory.getInstance("X.509")
                                                    .generateCertificate(in)
                                                    .getEncoded()));
        }
    }
}
