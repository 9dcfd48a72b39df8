package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.session.DeviceSession;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;
import org.outpost.gateway.transport.Transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the tunnel door tells about the connections to it. */
class AttemptsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final UUID DEVICE = UUID.randomUUID();

    private final Transport transport = new Transport(2);
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final CallingDevices devices =
            new CallingDevices(
                    transport,
                    List.of(16992, 623),
                    _ -> new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED));
    private TunnelServer server = server(0);
    private @Nullable InetSocketAddress door;

    @BeforeEach
    void listen() throws Exception {
        door =
                server.listen(
                        new TunnelListenerSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null));
    }

    @AfterEach
    void close() {
        devices.close();
        transport.close();
    }

    private TunnelServer server(int perSecond) {
        return new TunnelServer(
                transport,
                TunnelSettings.defaults(MultiplexerSettings.server(CallingDevices.windows()))
                        .withDeadlines(
                                new HandshakeDeadlines(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(8),
                                        Duration.ofSeconds(9),
                                        Duration.ofSeconds(9))),
                credentials ->
                        CompletableFuture.completedStage(
                                "right".equals(credentials.password())
                                        ? new Verdict.Accepted(credentials.user())
                                        : new Verdict.Refused("wrong password")),
                new FakeRegister(),
                new AddressLimits(perSecond, 0),
                new HandshakeSlots(0, 0),
                attempts::add,
                new SimpleMeterRegistry());
    }

    @Test
    void aTunnelIsToldOfWhenItStandsAndWhenItEnds() throws Exception {
        DeviceSession session = call("u", "right", "pc-1.example.test");
        session.running().sync();
        Attempt connected = attempt(0);

        assertThat(connected.outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(connected.reached()).isEqualTo(Step.TUNNEL);
        assertThat(connected.device()).isEqualTo(DEVICE);
        assertThat(connected.admitted()).isTrue();
        assertThat(connected.user()).isEqualTo("u");
        assertThat(connected.name()).isEqualTo("pc-1.example.test");

        devices.connections().getFirst().close();
        Attempt ended = attempt(1);
        assertThat(ended.outcome()).isEqualTo(Outcome.CONNECTION_LOST);
        assertThat(ended.tunnel()).isEqualTo(connected.tunnel()).isPositive();
    }

    @Test
    void aResetTunnelEndsAsOne() throws Exception {
        call("u", "right", "pc-1.example.test").running().sync();
        server.presence().reset(attempt(0).tunnel());

        assertThat(attempt(1).outcome()).isEqualTo(Outcome.RESET_BY_OPERATOR);
    }

    @Test
    void aWrongPasswordIsToldWithItsUserAndWithoutThePassword() throws Exception {
        call("eve", "not-this-one", "x");
        await().atMost(SOON).until(() -> !devices.connections().getFirst().isActive());

        Attempt attempt = attempt(0);
        assertThat(attempt.outcome()).isEqualTo(Outcome.WRONG_CREDENTIALS);
        assertThat(attempt.reached()).isEqualTo(Step.SIGN_IN);
        assertThat(attempt.detail()).isEqualTo("wrong password");
        assertThat(attempt.device()).isEqualTo(DEVICE);
        assertThat(attempt.admitted()).isFalse();
        assertThat(attempt.user()).isEqualTo("eve");
        assertThat(attempt.toString()).doesNotContain("not-this-one");
    }

    @Test
    void aUuidBoundToAnotherCredential() throws Exception {
        call("one", "right", "pc-1").running().sync();
        call("two", "right", "pc-2");

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(attempts)
                                        .extracting(Attempt::outcome)
                                        .contains(Outcome.OTHER_BINDING));
    }

    @Test
    void devicesThatShareAName() throws Exception {
        call("one", "right", "pc-1").running().sync();
        devices.call(address(), UUID.randomUUID(), "two", "right", "PC-1").running().sync();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(attempts)
                                        .filteredOn(a -> a.outcome() == Outcome.NAME_SHARED)
                                        .singleElement()
                                        .satisfies(
                                                a ->
                                                        assertThat(a.detail())
                                                                .isEqualTo(DEVICE.toString())));
    }

    @Test
    void whoSaysNothingAndWhoSaysSomethingElse() throws Exception {
        try (Socket silent = new Socket()) {
            silent.connect(address());
        }
        assertThat(attempt(0).outcome()).isEqualTo(Outcome.NOTHING_SENT);
        assertThat(attempt(0).reached()).isEqualTo(Step.TCP);
        try (Socket slow = new Socket()) {
            slow.connect(address());
            assertThat(attempt(1).outcome()).isEqualTo(Outcome.NOTHING_SENT);
        }
        try (Socket browser = new Socket()) {
            browser.connect(address());
            browser.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            browser.getInputStream().readAllBytes();
        }
        assertThat(attempt(2).outcome()).isEqualTo(Outcome.HTTP_PROBE);
        try (Socket odd = new Socket()) {
            odd.connect(address());
            odd.getOutputStream().write(new byte[] {99, 1, 2});
            odd.getInputStream().readAllBytes();
        }
        assertThat(attempt(3).outcome()).isEqualTo(Outcome.PROTOCOL_ERROR);
        assertThat(attempt(3).detail()).isNotEmpty();
    }

    @Test
    void whoIsTurnedAwayByALimit() throws Exception {
        server = server(1);
        listen();
        try (Socket first = new Socket();
                Socket second = new Socket()) {
            first.connect(address());
            second.connect(address());
            assertThat(attempt(0).outcome()).isEqualTo(Outcome.ADDRESS_LIMIT);
        }
    }

    private InetSocketAddress address() {
        InetSocketAddress known = door;
        if (known == null) {
            throw new IllegalStateException("not listening");
        }
        return known;
    }

    private DeviceSession call(String user, String password, String name) throws Exception {
        return devices.call(address(), DEVICE, user, password, name);
    }

    private Attempt attempt(int index) {
        await().atMost(SOON).until(() -> attempts.size() > index);
        return attempts.get(index);
    }
}
