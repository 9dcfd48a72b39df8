package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.terminator.Networks;
import org.outpost.gateway.terminator.ProxyProtocol;
import org.outpost.gateway.transport.Transport;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Devices behind a load balancer that this test plays: it writes the header itself. */
class BehindBalancerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Transport transport = new Transport(2);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<Credentials> asked = new ConcurrentLinkedQueue<>();
    private TunnelServer server = server(new AddressLimits(0, 0), new HandshakeSlots(0, 0));

    @BeforeEach
    void fresh() {
        asked.clear();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private TunnelServer server(AddressLimits addresses, HandshakeSlots handshakes) {
        return new TunnelServer(
                transport,
                TunnelSettings.defaults(MultiplexerSettings.server(CallingDevices.windows())),
                credentials -> {
                    asked.add(credentials);
                    return CompletableFuture.completedFuture(
                            new Verdict.Accepted(credentials.user()));
                },
                new FakeRegister(),
                addresses,
                handshakes,
                attempts::add,
                meters);
    }

    private InetSocketAddress listen(Networks allowed, ProxyProtocol headers) throws Exception {
        return server.listen(
                new TunnelListenerSettings(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        null,
                        allowed,
                        headers));
    }

    private static DeviceIdentity device(int number) {
        return DeviceIdentity.numbered(number, "user", "password");
    }

    private static ApfDevicePeer behind(InetSocketAddress door, String header, int number)
            throws IOException {
        Socket socket = new Socket(door.getAddress(), door.getPort());
        socket.getOutputStream().write((header + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return new ApfDevicePeer(new ApfConnection(socket, ApfSide.DEVICE), device(number));
    }

    private static String from(String address) {
        String family = address.indexOf(':') < 0 ? "TCP4" : "TCP6";
        String us = address.indexOf(':') < 0 ? "192.0.2.1" : "2001:db8::1";
        return "PROXY " + family + " " + address + " " + us + " 50000 4433";
    }

    private void awaitNoted(String reason) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(attempts)
                                        .anySatisfy(
                                                one -> {
                                                    assertThat(one.outcome())
                                                            .isEqualTo(Outcome.PROXY_HEADER);
                                                    assertThat(one.detail()).contains(reason);
                                                }));
    }

    private double ended(DisconnectCause cause) {
        Counter counter = meters.find("outpost.tunnel.ended").tag("cause", cause.label()).counter();
        return counter == null ? 0 : counter.count();
    }

    private void awaitEnded(DisconnectCause cause, int times) {
        await().atMost(SOON).until(() -> ended(cause) == times);
    }

    @Test
    void theAddressInTheHeaderIsTheDevices() throws Exception {
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("127.0.0.0/8"));
        for (String address : new String[] {"203.0.113.7", "2001:db8::7"}) {
            int number = address.length();
            try (ApfDevicePeer device = behind(door, from(address), number).start()) {
                assertThat(server.presence().tunnelOf(device.device().uuid()))
                        .hasValueSatisfying(
                                tunnel ->
                                        assertThat(tunnel.address())
                                                .isEqualTo(new InetSocketAddress(address, 50000)));
            }
        }
        assertThat(asked)
                .extracting(Credentials::address)
                .containsExactly(
                        InetAddress.ofLiteral("203.0.113.7"), InetAddress.ofLiteral("2001:db8::7"));
    }

    @Test
    void limitsCountDevicesAndNeverTheBalancer() throws Exception {
        server = server(new AddressLimits(0, 1), new HandshakeSlots(0, 0));
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("127.0.0.0/8"));
        try (ApfDevicePeer one = behind(door, from("203.0.113.7"), 1).start();
                ApfDevicePeer two = behind(door, from("203.0.113.8"), 2).start();
                ApfDevicePeer tooMany = behind(door, from("203.0.113.7"), 3)) {
            tooMany.connection().awaitEnd(SOON);
            one.keepAlive(1);
            two.keepAlive(2);
        }
        awaitEnded(DisconnectCause.ADDRESS_LIMIT, 1);
    }

    @Test
    void bytesThatCameWithTheHeaderWaitForAFreeHandshake() throws Exception {
        server = server(new AddressLimits(0, 0), new HandshakeSlots(1, 10));
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("127.0.0.0/8"));
        ApfDevicePeer first = behind(door, from("203.0.113.7"), 1).reach(Stage.AUTHENTICATED);
        ApfConnection connection = ApfConnection.plain(door);
        try (ApfDevicePeer second = new ApfDevicePeer(connection, device(2))) {
            connection.sendTogether(
                    (from("203.0.113.8") + "\r\n").getBytes(StandardCharsets.US_ASCII),
                    ApfBytes.protocolVersion(4, device(2).uuid()),
                    ApfBytes.serviceRequest(ApfBytes.AUTH));
            first.close();
            second.expect(WireMessage.ServiceAccept.class);
        }
    }

    @Test
    void whoIsNotTrustedSpeaksForItselfAndItsHeaderIsRefused() throws Exception {
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("192.0.2.0/24"));
        try (ApfDevicePeer direct =
                new ApfDevicePeer(ApfConnection.plain(door), device(1)).start()) {
            direct.keepAlive(1);
        }
        try (ApfDevicePeer liar = behind(door, from("203.0.113.7"), 2)) {
            liar.connection().awaitEnd(SOON);
        }
        awaitEnded(DisconnectCause.PROXY_HEADER_REFUSED, 1);
    }

    @Test
    void aTrustedPeerWithoutAHeaderIsRefused() throws Exception {
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("127.0.0.1"));
        try (ApfDevicePeer device = new ApfDevicePeer(ApfConnection.plain(door), device(1))) {
            device.connection().sendTogether(device.startMessages().toArray(byte[][]::new));
            device.connection().awaitEnd(SOON);
        }
        awaitEnded(DisconnectCause.PROXY_HEADER_REFUSED, 1);
        awaitNoted("no PROXY header");
    }

    @Test
    void aSlowHeaderIsGoneAtItsDeadline() throws Exception {
        InetSocketAddress door =
                listen(
                        Networks.NONE,
                        new ProxyProtocol(Networks.of("127.0.0.1"), Duration.ofMillis(300), 0));
        try (ApfConnection connection = ApfConnection.plain(door)) {
            connection.send("PROXY TC".getBytes(StandardCharsets.US_ASCII));
            connection.awaitEnd(SOON);
        }
        awaitEnded(DisconnectCause.PROXY_HEADER_TIMEOUT, 1);
        awaitNoted("within 300 ms");
    }

    @Test
    void healthChecksAreClosedQuietly() throws Exception {
        InetSocketAddress door = listen(Networks.NONE, ProxyProtocol.trusting("127.0.0.1"));
        try (ApfDevicePeer checks = behind(door, "PROXY UNKNOWN", 1)) {
            checks.connection().awaitEnd(SOON);
        }
        ApfConnection.plain(door).close();
        awaitEnded(DisconnectCause.HEALTH_CHECK, 2);
    }

    @Test
    void aListenerIsForThePeersOnItsList() throws Exception {
        InetSocketAddress door =
                listen(Networks.of("192.0.2.0/24"), ProxyProtocol.trusting("192.0.2.0/24"));
        try (ApfConnection connection = ApfConnection.plain(door)) {
            connection.awaitEnd(SOON);
        }
        awaitEnded(DisconnectCause.PEER_NOT_ALLOWED, 1);
        awaitNoted("allow");
    }
}
