package org.outpost.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.proxy.HttpProxy;
import org.outpost.gateway.proxy.ProxySettings;
import org.outpost.gateway.socks.SocksProtocol;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What all doors share: listening, TLS, who may connect, limits. */
final class DoorTest {
    private static final byte[] SOCKS_TO_PC1 =
            HexFormat.of().parseHex("050100" + "0501000303" + "706331" + "4262");
    private static final String GRANTED = "0500" + "05000001000000000000";

    @TempDir private Path folder;
    private final Transport transport = new Transport(2);
    private final FakeDevice device = FakeDevice.echo();
    private final FakeDirectory directory = new FakeDirectory(transport).with("pc1", device);
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Door door = door(DoorSettings.on(loopback("127.0.0.1")), FakeSignIn.anybody());

    @AfterEach
    void close() {
        door.close();
        device.close();
        transport.close();
    }

    private static InetSocketAddress loopback(String address) {
        return new InetSocketAddress(address, 0);
    }

    private Door door(DoorSettings settings, AuthenticationService signIn) {
        return new Door(
                transport,
                new Doorway("socks", settings, signIn, directory, meters),
                new SocksProtocol());
    }

    private void open(DoorSettings settings, AuthenticationService signIn) throws IOException {
        door.close();
        meters = new SimpleMeterRegistry();
        door = door(settings, signIn);
        door.bind();
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = door.addresses().getFirst();
        return timed(new Socket(address.getAddress(), address.getPort()));
    }

    private static Socket timed(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void serves(Socket socket) throws IOException {
        socket.getOutputStream().write(SOCKS_TO_PC1);
        byte[] reply = socket.getInputStream().readNBytes(GRANTED.length() / 2);
        assertThat(HexFormat.of().formatHex(reply)).isEqualTo(GRANTED);
        socket.getOutputStream().write(7);
        assertThat(socket.getInputStream().read()).isEqualTo(7);
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void listensOnIpv4AndIpv6() throws Exception {
        open(DoorSettings.on(loopback("127.0.0.1"), loopback("::1")), FakeSignIn.anybody());
        assertThat(door.addresses()).hasSize(2);
        for (InetSocketAddress address : door.addresses()) {
            try (Socket socket = timed(new Socket(address.getAddress(), address.getPort()))) {
                serves(socket);
            }
        }
    }

    @Test
    void anAddressThatIsTakenIsAnErrorThatNamesItAndNothingStaysOpen() throws Exception {
        open(DoorSettings.on(loopback("127.0.0.1")), FakeSignIn.anybody());
        InetSocketAddress taken = door.addresses().getFirst();
        Door second = door(DoorSettings.on(loopback("127.0.0.1"), taken), FakeSignIn.anybody());

        assertThatThrownBy(second::bind)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("socks")
                .hasMessageContaining(String.valueOf(taken.getPort()));
        assertThat(second.addresses()).isEmpty();
    }

    @Test
    void onlyNetworksOnTheListMayConnect() throws Exception {
        open(
                DoorSettings.on(loopback("127.0.0.1"))
                        .withAllowed(List.of("10.0.0.0/8", "2001:db8::/32")),
                FakeSignIn.anybody());
        try (Socket socket = connect()) {
            assertThat(ends(socket)).isTrue();
        }
        assertThat(turnedAway("address")).isEqualTo(1);
        open(
                DoorSettings.on(loopback("127.0.0.1"))
                        .withAllowed(List.of("10.0.0.0/8", "127.0.0.1")),
                FakeSignIn.anybody());
        try (Socket socket = connect()) {
            serves(socket);
        }
        open(DoorSettings.on(loopback("::1")).withAllowed(List.of("::/64")), FakeSignIn.anybody());
        try (Socket socket = connect()) {
            serves(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "::/129",
                "1.2.3.4/x",
                ""
            })
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> DoorSettings.on(loopback("::1")).withAllowed(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void connectionsBeyondTheLimitsAreClosedAndPlacesComeBack() throws Exception {
        open(
                DoorSettings.on(loopback("127.0.0.1"))
                        .withLimits(2, 0)
                        .withDeadlines(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                new SpliceSettings(Duration.ofMillis(300), Duration.ofSeconds(9))),
                FakeSignIn.anybody());
        Socket first = connect();
        serves(first);
        try (Socket second = connect()) {
            serves(second);
            try (Socket third = connect()) {
                assertThat(ends(third)).isTrue();
            }
        }
        first.close();
        await().until(() -> meters.get("outpost.door.connections").gauge().value() == 0);
        try (Socket again = connect()) {
            serves(again);
        }
        assertThat(turnedAway("connections")).isEqualTo(1);
    }

    @Test
    void oneAddressMayNotTakeAllPlaces() throws Exception {
        open(DoorSettings.on(loopback("127.0.0.1")).withLimits(0, 1), FakeSignIn.anybody());
        try (Socket first = connect();
                Socket other = new Socket()) {
            serves(first);
            try (Socket second = connect()) {
                assertThat(ends(second)).isTrue();
            }
            other.bind(new InetSocketAddress("127.0.0.2", 0));
            other.connect(door.addresses().getFirst());
            serves(timed(other));
        }
        assertThat(turnedAway("connections_per_address")).isEqualTo(1);
    }

    private double turnedAway(String cause) {
        return meters.get("outpost.door.turned.away").tag("cause", cause).counter().count();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void tlsWithClientCertificatesSaysWhoIsThere(SslProvider provider) throws Exception {
        TestCa ca = TestCa.in(folder);
        TestIdentity server = ca.server();
        SslContext tls =
                SslContextBuilder.forServer(server.key(), server.chain())
                        .sslProvider(provider)
                        .trustManager(ca.caFile().toFile())
                        .clientAuth(ClientAuth.OPTIONAL)
                        .build();
        open(
                DoorSettings.on(loopback("127.0.0.1")).withTls(() -> tls),
                FakeSignIn.certificate("help-desk"));

        try (Socket socket = tls(ca.contextOf(ca.client("help-desk")))) {
            serves(socket);
            // half-close through TLS: the answer to what was sent still arrives
            socket.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        }
        assertThat(directory.askers().getFirst().user()).isEqualTo("help-desk");
        try (Socket socket = tls(ca.clientContext())) {
            socket.getOutputStream().write(SOCKS_TO_PC1);
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 0xFF);
            assertThat(ends(socket)).isTrue();
        }
    }

    private Socket tls(SSLContext context) throws IOException {
        InetSocketAddress address = door.addresses().getFirst();
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(address.getAddress(), address.getPort());
        timed(socket);
        socket.startHandshake();
        return socket;
    }

    @Test
    void theDevicesEndReachesATlsConsoleAsAProperEnd() throws Exception {
        byte[] text = "all of it".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        try (FakeDevice speaker = new FakeDevice(socket -> socket.getOutputStream().write(text))) {
            directory.with("pc1", speaker);
            TestCa ca = TestCa.in(folder);
            TestIdentity server = ca.server();
            SslContext tls = SslContextBuilder.forServer(server.key(), server.chain()).build();
            open(DoorSettings.on(loopback("127.0.0.1")).withTls(() -> tls), FakeSignIn.anybody());
            try (Socket socket = tls(ca.clientContext())) {
                socket.getOutputStream().write(SOCKS_TO_PC1);
                socket.getInputStream().readNBytes(GRANTED.length() / 2);
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(text);
            }
        }
    }

    @Test
    void aTlsHandshakeThatStallsIsEndedByTheDoorsClock() throws Exception {
        TestCa ca = TestCa.in(folder);
        TestIdentity server = ca.server();
        SslContext context = SslContextBuilder.forServer(server.key(), server.chain()).build();
        open(
                DoorSettings.on(loopback("127.0.0.1"))
                        .withTls(() -> context)
                        .withDeadlines(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                SpliceSettings.DEFAULT),
                FakeSignIn.anybody());
        long begin = System.nanoTime();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2});
            assertThat(ends(socket)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aProxyDoorBehindTlsServes() throws Exception {
        TestCa ca = TestCa.in(folder);
        TestIdentity server = ca.server();
        SslContext tls = SslContextBuilder.forServer(server.key(), server.chain()).build();
        door =
                new Door(
                        transport,
                        new Doorway(
                                "http-proxy",
                                DoorSettings.on(loopback("127.0.0.1")).withTls(() -> tls),
                                FakeSignIn.anybody(),
                                directory,
                                meters),
                        new HttpProxy(ProxySettings.DEFAULT));
        door.bind();
        try (Socket socket = tls(ca.clientContext())) {
            socket.getOutputStream()
                    .write(
                            "CONNECT pc1:16993 HTTP/1.1\r\nHost: pc1:16993\r\n\r\nhi"
                                    .getBytes(StandardCharsets.US_ASCII));
            String expected = "HTTP/1.1 200 Connection established\r\n\r\nhi";
            assertThat(socket.getInputStream().readNBytes(expected.length()))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(expected);
        }
    }

    @Test
    void closeCutsEveryConnection() throws Exception {
        open(DoorSettings.on(loopback("127.0.0.1")), FakeSignIn.anybody());
        try (Socket socket = connect()) {
            serves(socket);
            door.close();
            assertThat(ends(socket)).isTrue();
        }
        assertThat(door.addresses()).isEmpty();
    }

    @Test
    void peersTextIsMadeHarmless() {
        assertThat(PeerText.escape("pc-1.example")).isEqualTo("pc-1.example");
        assertThat(PeerText.escape("a\r\nb\u001b[2J\\ü"))
                .isEqualTo("a\\u000d\\u000ab\\u001b[2J\\u005c\\u00fc");
        assertThat(PeerText.escape("x".repeat(1000))).hasSize(131).endsWith("...");
    }
}
