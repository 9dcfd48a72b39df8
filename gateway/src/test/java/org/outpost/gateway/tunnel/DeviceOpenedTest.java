package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.devicetraffic.Destinations;
import org.outpost.gateway.devicetraffic.DeviceAlert;
import org.outpost.gateway.devicetraffic.DeviceTrafficRouter;
import org.outpost.gateway.devicetraffic.DeviceTrafficSettings;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.transport.Transport;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.DeviceOpenedChannel;
import org.outpost.testkit.apf.WireMessage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What devices open towards us: into this process, to allowed addresses, or nowhere. */
class DeviceOpenedTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String EVENT =
            "<E><Header><AckRequested/></Header><Body><MessageID>iAMT0036</MessageID></Body></E>";

    /** events.md section 2.1. */
    private static final String LINK_UP =
            "306902010004047670726fa45e06092b06010401986f01014004c0a801320201060203270a0343021234303f"
                + "303d060a2b06010401986f010101042f55e3ae13bfd261bb17a088aedd7037ea010234bdc908"
                + "ffff506801ff022661000000000000000019000001570000c1";

    private static final long PROHIBITED = 1;
    private static final long CONNECT_FAILED = 2;
    private static final long UNKNOWN_TYPE = 3;
    private static final long SHORTAGE = 4;

    private final Transport transport = new Transport(2);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<DeviceAlert> alerts = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);
    private ServerSocket allowed;
    private DatagramSocket datagrams;
    private EgressPolicy policy;
    private ApfDevicePeer device;

    @BeforeEach
    void start() throws Exception {
        allowed = new ServerSocket(0, 10, LOOPBACK);
        datagrams = new DatagramSocket(0, LOOPBACK);
        datagrams.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        policy =
                new EgressPolicy(
                        List.of(
                                EgressRule.parse("127.0.0.1:" + allowed.getLocalPort()),
                                EgressRule.parse("127.0.0.1:" + datagrams.getLocalPort()),
                                EgressRule.parse("127.0.0.1:1")),
                        new OwnDoors());
        DeviceTrafficSettings settings =
                new DeviceTrafficSettings(
                        Destinations.of(List.of("events", "mps.example.test:8444")),
                        Destinations.of(List.of("192.0.2.9:162")),
                        true,
                        3,
                        10,
                        10,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
        TunnelServer server =
                new TunnelServer(
                        transport,
                        TunnelSettings.defaults(
                                MultiplexerSettings.server(CallingDevices.windows())),
                        credentials ->
                                CompletableFuture.completedFuture(
                                        new Verdict.Accepted(credentials.user())),
                        new FakeRegister(),
                        new AddressLimits(0, 0),
                        new HandshakeSlots(0, 0),
                        AttemptListener.NONE,
                        new DeviceTrafficRouter(
                                transport,
                                settings,
                                policy,
                                alert -> {
                                    alerts.add(alert);
                                    return stored;
                                },
                                meters),
                        PresenceFeed.NONE,
                        meters);
        InetSocketAddress door =
                server.listen(new TunnelListenerSettings(new InetSocketAddress(LOOPBACK, 0), null));
        device =
                new ApfDevicePeer(
                                ApfConnection.plain(door),
                                DeviceIdentity.numbered(7, "user", "password"))
                        .start();
    }

    @AfterEach
    void stop() throws Exception {
        device.close();
        policy.close();
        allowed.close();
        datagrams.close();
        transport.close();
    }

    private double counted(String name, String outcome) {
        Counter counter = meters.find(name).tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    private static byte[] post(String body, String more) {
        return ("POST /alerts HTTP/1.1\r\nHost: x\r\n"
                        + more
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anEventIsStoredUnderTheDevicesIdentityAndAcknowledged() {
        DeviceOpenedChannel channel = DeviceOpenedChannel.open(device, 1, "events", 80);
        assertThat(channel.send(post(EVENT, "")).receiveUntil("</s:Envelope>"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("wsman/Ack");
        assertThat(alerts)
                .singleElement()
                .satisfies(
                        alert -> {
                            assertThat(alert.source().device()).isEqualTo(device.device().uuid());
                            assertThat(alert.source().name()).isEqualTo(device.device().name());
                            assertThat(alert.raw().bytes()).asString().isEqualTo(EVENT);
                        });
        channel.close();
    }

    @Test
    void postsInOneWriteAreAnsweredInOrderAndEachWaitsForTheOneBefore() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        stored = first;
        DeviceOpenedChannel channel = DeviceOpenedChannel.open(device, 1, "MPS.example.test", 8444);
        String plain = "<E/>";
        channel.send(ApfBytes.concat(post(EVENT, ""), post(plain, ""), post("no xml", "")));
        await().atMost(SOON).until(() -> alerts.size() == 1);
        device.connection().send(ApfBytes.keepAliveRequest(5));
        assertThat(device.expect(WireMessage.KeepAliveReply.class).cookie())
                .as("the tunnel goes on meanwhile")
                .isEqualTo(5);
        assertThat(alerts).hasSize(1);
        first.complete(null);
        assertThat(channel.receiveUntil("</s:Envelope>")).startsWith("HTTP/1.1 200");
        channel.awaitClose();
        assertThat(alerts).hasSize(2);
    }

    @Test
    void anEventThatCannotBeKeptIsNotAcknowledged() {
        stored = CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
        DeviceOpenedChannel channel = DeviceOpenedChannel.open(device, 1, "events", 80);
        assertThat(channel.send(post(EVENT, "")).receiveUntil("\r\n\r\n"))
                .startsWith("HTTP/1.1 503")
                .contains("retry-after");
        channel.close();
    }

    @Test
    void whatIsNoPostOrTooLargeIsRefused() {
        DeviceOpenedChannel channel = DeviceOpenedChannel.open(device, 1, "events", 80);
        channel.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(channel.receiveUntil("\r\n\r\n")).startsWith("HTTP/1.1 405");
        channel.send(
                "POST / HTTP/1.1\r\nContent-Length: 70000\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(channel.receiveUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
        assertThat(alerts).isEmpty();
    }

    @Test
    void aSilentChannelForEventsIsClosed() {
        DeviceOpenedChannel.open(device, 1, "events", 80).awaitClose();
    }

    @Test
    void anAllowedAddressIsReachedAndToldWhoCalls() throws Exception {
        device.connection().send(DeviceOpenedChannel.request(1, "127.0.0.1", 0));
        assertThat(device.expect(WireMessage.ChannelOpenFailure.class)).isNotNull();
        DeviceOpenedChannel channel =
                DeviceOpenedChannel.open(device, 2, "127.0.0.1", allowed.getLocalPort());
        try (Socket accepted = allowed.accept()) {
            accepted.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            channel.send("hello".getBytes(StandardCharsets.US_ASCII));
            byte[] header = accepted.getInputStream().readNBytes(16 + 12 + 3 + 36);
            assertThat(new String(header, 31, 36, StandardCharsets.US_ASCII))
                    .isEqualTo(device.device().uuid().toString());
            assertThat(accepted.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            byte[] much = new byte[200_000];
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    accepted.getOutputStream().write(much);
                                    accepted.shutdownOutput();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            assertThat(channel.receive(much.length)).isEqualTo(much);
            channel.close();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(counted("outpost.device.channels", "forwarded")).isEqualTo(1);
    }

    @Test
    void whatIsNotAllowedIsRefusedWithItsReason() {
        assertThat(DeviceOpenedChannel.refused(device, 1, "127.0.0.1", 22)).isEqualTo(PROHIBITED);
        assertThat(DeviceOpenedChannel.refused(device, 1, "169.254.169.254", 80))
                .isEqualTo(PROHIBITED);
        assertThat(DeviceOpenedChannel.refused(device, 1, "192.0.2.9", 162)).isEqualTo(PROHIBITED);
        assertThat(DeviceOpenedChannel.refused(device, 1, "127.0.0.1", 1))
                .as("allowed, but nobody listens")
                .isEqualTo(CONNECT_FAILED);
        device.connection()
                .send(ApfBytes.channelOpen("forwarded-tcpip", 1, 1000, "events", 80, "", 1));
        assertThat(device.expect(WireMessage.ChannelOpenFailure.class).reason())
                .isEqualTo(UNKNOWN_TYPE);
        assertThat(counted("outpost.device.channels", "special_address")).isEqualTo(2);
    }

    @Test
    void oneDeviceOpensSoManyAtOnceAndMoreWhenSomeHaveClosed() {
        DeviceOpenedChannel one = DeviceOpenedChannel.open(device, 1, "events", 80);
        DeviceOpenedChannel.open(device, 2, "events", 80);
        DeviceOpenedChannel.open(device, 3, "events", 80);
        assertThat(DeviceOpenedChannel.refused(device, 4, "events", 80)).isEqualTo(SHORTAGE);
        one.close();
        DeviceOpenedChannel.open(device, 5, "events", 80);
    }

    @Test
    void repeatsOfATrapAreOneAlert() {
        byte[] pet = HexFormat.of().parseHex(LINK_UP);
        for (int i = 0; i < 3; i++) {
            sendTo("192.0.2.9", 162, pet);
        }
        sendTo("192.0.2.9", 162, new byte[] {1});
        await().atMost(SOON).until(() -> alerts.size() == 2);
        assertThat(alerts)
                .first()
                .satisfies(alert -> assertThat(alert.raw().bytes()).isEqualTo(pet));
        assertThat(counted("outpost.device.datagrams", "repeated_trap")).isEqualTo(2);
    }

    @Test
    void aDatagramToAnAllowedAddressArrivesAndOthersAreDropped() throws Exception {
        sendTo("127.0.0.1", 53, new byte[] {1});
        sendTo("127.0.0.1", datagrams.getLocalPort(), new byte[] {2, 3});
        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        datagrams.receive(packet);
        assertThat(packet.getLength()).isEqualTo(2);
        await().atMost(SOON)
                .until(() -> counted("outpost.device.datagrams", "special_address") == 1);
    }

    @Test
    void aFloodOfDatagramsIsCapped() {
        for (int i = 0; i < 300; i++) {
            sendTo("192.0.2.9", 162, new byte[] {1});
        }
        device.keepAlive(1);
        await().atMost(SOON)
                .until(
                        () ->
                                counted("outpost.device.datagrams", "too_many")
                                                + counted("outpost.device.datagrams", "traps")
                                        == 300);
        assertThat(alerts).hasSizeBetween(10, 150);
    }

    private void sendTo(String host, int port, byte[] datagram) {
        device.connection()
                .send(ApfBytes.udpSendTo(false, host, port, "192.0.2.77", 49152, datagram));
    }
}
