package org.outpost.gateway.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.local.LocalChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.door.Door;
import org.outpost.gateway.door.DoorSettings;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.door.FakeDevice;
import org.outpost.gateway.door.FakeDirectory;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The SOCKS door over real sockets, byte by byte. */
final class SocksDoorTest {
    private static final String GREETING = "050100";
    private static final String GREETED = "0500";
    private static final String GRANTED = "05000001000000000000";
    private static final String PC1_16994 = "0501000303" + hex("pc1") + "4262";

    private final Transport transport = new Transport(2);
    private final FakeDevice device = FakeDevice.echo();
    private final FakeDirectory directory = new FakeDirectory(transport).with("pc1", device);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Door door = door(FakeSignIn.anybody(), settings());

    @AfterEach
    void close() {
        door.close();
        device.close();
        transport.close();
    }

    private static DoorSettings settings() {
        return DoorSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withDeadlines(
                        Duration.ofMillis(1500),
                        Duration.ofMillis(800),
                        new SpliceSettings(Duration.ofMillis(300), Duration.ofSeconds(2)));
    }

    private Door door(AuthenticationService signIn, DoorSettings settings) {
        Door made =
                new Door(
                        transport,
                        new Doorway("socks", settings, signIn, directory, meters),
                        new SocksProtocol());
        try {
            made.bind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return made;
    }

    private void reopen(AuthenticationService signIn) {
        door.close();
        door = door(signIn, settings());
    }

    @Test
    void connectsByNameAndCarriesBytesBothWays() throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING);
            client.expect(GREETED);
            client.send(PC1_16994);
            client.expect(GRANTED);
            client.send("68656c6c6f");
            client.expect("68656c6c6f");
        }
        assertThat(directory.asked()).containsExactly("pc1");
    }

    @Test
    void keepsBytesThatCameRightBehindTheRequest() throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING + PC1_16994 + "c0ffee");
            client.expect(GREETED + GRANTED + "c0ffee");
        }
    }

    @Test
    void acceptsAHandshakeInSingleBytes() throws Exception {
        reopen(FakeSignIn.only("zoë", "pässwörd"));
        try (Client client = new Client()) {
            String all =
                    "05020002" + "0104" + hex("zoë") + "0a" + hex("pässwörd") + PC1_16994 + "beef";
            for (byte one : HexFormat.of().parseHex(all)) {
                client.socket.getOutputStream().write(one);
                client.socket.getOutputStream().flush();
            }
            client.expect("0502" + "0100" + GRANTED + "beef");
        }
        assertThat(directory.askers().getFirst().user()).isEqualTo("zoë");
    }

    @Test
    void aWrongPasswordGetsTheFailureOfRfc1929AndAClose() throws Exception {
        reopen(FakeSignIn.only("alice", "secret"));
        try (Client client = new Client()) {
            client.send("050102");
            client.expect("0502");
            client.send("0105" + hex("alice") + "05" + hex("wrong"));
            client.expect("01ff");
            client.expectEnd();
        }
        assertThat(directory.asked()).isEmpty();
    }

    @Test
    void anOptimisticRequestIsNotServedWhenThePasswordIsWrong() throws Exception {
        reopen(FakeSignIn.only("alice", "secret"));
        try (Client client = new Client()) {
            client.send("050102" + "0105" + hex("alice") + "05" + hex("wrong") + PC1_16994 + "00");
            client.expect("0502" + "01ff");
            client.expectEnd();
        }
        assertThat(directory.asked()).isEmpty();
        assertThat(device.connections()).isZero();
    }

    @Test
    void offersThePasswordExchangeAlsoWhereAnybodyIsAccepted() throws Exception {
        try (Client client = new Client()) {
            client.send("050102");
            client.expect("0502");
            client.send("0103" + hex("bob") + "0178");
            client.expect("0100");
            client.send(PC1_16994);
            client.expect(GRANTED);
        }
        assertThat(directory.askers().getFirst().user()).isEqualTo("bob");
    }

    @Test
    void aClientThatOffersNoPasswordWhereOneIsNeededIsTurnedAway() throws Exception {
        reopen(FakeSignIn.only("alice", "secret"));
        try (Client client = new Client()) {
            client.send(GREETING);
            client.expect("05ff");
            client.expectEnd();
        }
        try (Client client = new Client()) {
            client.send("050101");
            client.expect("05ff");
            client.expectEnd();
        }
    }

    @Test
    void socks4aConnectsByNameAndSocks4ByAddress() throws Exception {
        directory.with("10.1.2.3", device);
        try (Client client = new Client()) {
            client.send("0401" + "4262" + "00000001" + hex("me") + "00" + hex("pc1") + "00" + "aa");
            client.expect("005a000000000000" + "aa");
        }
        try (Client client = new Client()) {
            client.send("0401" + "4262" + "0a010203" + "00");
            client.expect("005a000000000000");
            client.send("bb");
            client.expect("bb");
        }
        assertThat(directory.asked()).containsExactly("pc1", "10.1.2.3");
        assertThat(directory.askers().getFirst().user()).isEqualTo("me");
    }

    @Test
    void socks4IsRefusedWhereAPasswordIsNeeded() throws Exception {
        reopen(FakeSignIn.only("alice", "secret"));
        try (Client client = new Client()) {
            client.send("0401" + "4262" + "00000001" + hex("alice") + "00" + hex("pc1") + "00");
            client.expect("005d000000000000");
            client.expectEnd();
        }
    }

    @Test
    void socks4RefusesBindAndUnknownDevicesByItsOnlyCode() throws Exception {
        for (String request :
                List.of(
                        "0402" + "4262" + "00000001" + "00" + hex("pc1") + "00",
                        "0401" + "4262" + "00000001" + "00" + hex("pc9") + "00")) {
            try (Client client = new Client()) {
                client.send(request);
                client.expect("005b000000000000");
                client.expectEnd();
            }
        }
    }

    @Test
    void addressLiteralsGoToTheDirectoryAsLiterals() throws Exception {
        directory.with("192.168.1.20", device).with("2001:db8::7", device);
        try (Client client = new Client()) {
            client.send(GREETING + "05010001" + "c0a80114" + "4262");
            client.expect(GREETED + GRANTED);
        }
        try (Client client = new Client()) {
            client.send(GREETING + "05010004" + "20010db8000000000000000000000007" + "4262");
            client.expect(GREETED + GRANTED);
        }
        assertThat(directory.asked()).containsExactly("192.168.1.20", "2001:db8::7");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown, 04",
        "offline, 04",
        "ambiguous, 04",
        "denied, 02",
        "closed, 05",
        "silent, 06",
        "lost, 01",
        "broken, 01"
    })
    void everyFailureHasItsCode(String name, String code) throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        directory
                .with("offline", new Resolution.Offline(UUID.randomUUID(), "offline"))
                .with(
                        "ambiguous",
                        new Resolution.Ambiguous(
                                List.of(
                                        new Resolution.Candidate(
                                                UUID.randomUUID(), "ambiguous", true))))
                .with("denied", new Resolution.NotAllowed("no device announced it"))
                .with(
                        "closed",
                        new Resolution.Reachable(
                                UUID.randomUUID(), "closed", directory.routeTo(unused)))
                .with(
                        "silent",
                        new Resolution.Reachable(
                                UUID.randomUUID(),
                                "silent",
                                (port, handler) -> new LocalChannel().newPromise()))
                .with("lost", CompletableFuture::new)
                .with("broken", () -> CompletableFuture.failedStage(new IOException("disk")));
        try (Client client = new Client()) {
            client.send(GREETING + request("03", name));
            client.expect(GREETED + "05" + code + "0001000000000000");
            client.expectEnd();
        }
    }

    private static String request(String type, String name) {
        return String.format("050100%s%02x%s4262", type, name.length(), hex(name));
    }

    @Test
    void aPortThatIsNotTheDevicesBusinessIsNotAllowed() throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING + "0501000303" + hex("pc1") + "0016");
            client.expect(GREETED + "05020001000000000000");
            client.expectEnd();
        }
        assertThat(directory.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "77"})
    void bindUdpAndUnknownCommandsAreRefusedByCode(String command) throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING + "05" + command + "0003" + "03" + hex("pc1") + "4262");
            client.expect(GREETED + "05070001000000000000");
            client.expectEnd();
        }
    }

    @Test
    void anUnknownAddressTypeIsRefusedByCode() throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING + "05010009" + "00000000" + "4262");
            client.expect(GREETED + "05080001000000000000");
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"47455420", "16030100", "ff", "00"})
    void whatIsNotSocksIsClosed(String bytes) throws Exception {
        try (Client client = new Client()) {
            client.send(bytes);
            client.expectEnd();
        }
    }

    @Test
    void aWrongVersionInTheRequestGetsAGeneralFailure() throws Exception {
        try (Client client = new Client()) {
            client.send(GREETING);
            client.expect(GREETED);
            client.send("04010003" + "03" + hex("pc1") + "4262");
            client.expect("05010001000000000000");
            client.expectEnd();
        }
    }

    @Test
    void aSlowHandshakeIsEndedWhateverTricklesIn() throws Exception {
        long begin = System.nanoTime();
        try (Client client = new Client()) {
            client.send("05ff");
            Thread trickle =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    while (true) {
                                        client.send("01");
                                        client.socket.getInputStream().available();
                                        LockSupport.parkNanos(50_000_000);
                                    }
                                } catch (IOException e) {
                                    // closed, as it should be
                                }
                            });
            client.expectEnd();
            trickle.join();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(
                        meters.get("outpost.door.turned.away")
                                .tag("cause", "handshake_timeout")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void aDeviceThatSpeaksFirstIsHeardAfterTheReply() throws Exception {
        try (FakeDevice vnc =
                new FakeDevice(
                        socket ->
                                socket.getOutputStream()
                                        .write(
                                                "RFB 003.008\n"
                                                        .getBytes(StandardCharsets.US_ASCII)))) {
            directory.with("vnc", vnc);
            for (int i = 0; i < 50; i++) {
                try (Client client = new Client()) {
                    client.send(GREETING + request("03", "vnc"));
                    client.expect(GREETED + GRANTED + hex("RFB 003.008\n"));
                    client.expectEnd();
                }
            }
        }
    }

    @Test
    void drainingClosesHandshakesAndLetsJoinedConnectionsFinish() throws Exception {
        try (Client joined = new Client();
                Client idle = new Client()) {
            joined.send(GREETING + PC1_16994);
            joined.expect(GREETED + GRANTED);
            await().until(() -> meters.get("outpost.door.connections").gauge().value() == 2);

            CompletableFuture<Void> drained = door.drain().toCompletableFuture();

            idle.expectEnd();
            joined.send("01");
            joined.expect("01");
            assertThat(drained).isNotDone();
            joined.socket.close();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private final class Client implements AutoCloseable {
        private final Socket socket;

        Client() throws IOException {
            socket =
                    new Socket(
                            InetAddress.getLoopbackAddress(),
                            door.addresses().getFirst().getPort());
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
        }

        void send(String hex) throws IOException {
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
        }

        void expect(String hex) throws IOException {
            InputStream in = socket.getInputStream();
            assertThat(HexFormat.of().formatHex(in.readNBytes(hex.length() / 2))).isEqualTo(hex);
        }

        void expectEnd() throws IOException {
            int next;
            try {
                next = socket.getInputStream().read();
            } catch (SocketException e) {
                next = -1;
            }
            assertThat(next).isEqualTo(-1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
