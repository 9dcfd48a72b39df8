package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.session.DeviceSession;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.devicetraffic.DeviceTraffic;
import org.outpost.gateway.transport.Transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

@SuppressWarnings("NullAway") // null is what a tunnel without cause or session has
class PresenceListenerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Transport transport = new Transport(2);
    private final CallingDevices devices =
            new CallingDevices(transport, List.of(16992, 16994), ChannelAcceptor.NONE);
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        devices.close();
        transport.close();
    }

    /** What was heard, in order. */
    private static final class Heard implements PresenceListener {
        private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

        private record Call(String what, long tunnel, Announced announced, DisconnectCause cause) {
            @Override
            public String toString() {
                return what + " " + tunnel;
            }
        }

        @Override
        public void connected(ConnectedDevice device) {
            calls.add(new Call("connected", device.tunnel(), Announced.NOTHING, null));
        }

        @Override
        public void settled(ConnectedDevice device, Announced announced) {
            calls.add(new Call("settled", device.tunnel(), announced, null));
        }

        @Override
        public void disconnected(
                ConnectedDevice device, Announced announced, DisconnectCause cause, Instant time) {
            calls.add(new Call("disconnected", device.tunnel(), announced, cause));
        }

        List<Call> all(String what) {
            return calls.stream().filter(call -> call.what().equals(what)).toList();
        }
    }

    private InetSocketAddress listen(Duration quiet, Duration longest) throws Exception {
        TunnelServer server =
                new TunnelServer(
                        transport,
                        TunnelSettings.defaults(
                                MultiplexerSettings.server(CallingDevices.windows())),
                        _ -> CompletableFuture.completedFuture(new Verdict.Accepted("u")),
                        new FakeRegister(),
                        new AddressLimits(0, 0),
                        new HandshakeSlots(0, 0),
                        AttemptListener.NONE,
                        DeviceTraffic.NONE,
                        new PresenceFeed(heard, quiet, longest),
                        new SimpleMeterRegistry());
        return server.listen(
                new TunnelListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null));
    }

    @Test
    void aDeviceThatWasAcceptedHasBeenReportedAlready() throws Exception {
        InetSocketAddress server = listen(Duration.ofMillis(20), SOON);

        DeviceSession device = devices.call(server, UUID.randomUUID(), "u", "p", "pc.example.test");
        device.running().sync();

        assertThat(heard.all("connected")).hasSize(1);
    }

    @Test
    void namesAndPortsComeWhenTheAnnouncementsHaveComeToRest() throws Exception {
        InetSocketAddress server = listen(Duration.ofMillis(100), SOON);

        devices.call(server, UUID.randomUUID(), "u", "p", "pc.example.test").running().sync();

        await().atMost(SOON).until(() -> heard.all("settled").size() == 1);
        assertThat(heard.all("settled").getFirst().announced())
                .isEqualTo(
                        new Announced(
                                "pc.example.test",
                                List.of("pc.example.test"),
                                List.of(),
                                List.of(16992, 16994)));
    }

    @Test
    void aDeviceThatNeverComesToRestSettlesAfterTheLongestTime() throws Exception {
        InetSocketAddress server = listen(Duration.ofHours(1), Duration.ofMillis(100));

        devices.call(server, UUID.randomUUID(), "u", "p", "pc.example.test").running().sync();

        await().atMost(SOON).until(() -> heard.all("settled").size() == 1);
    }

    @Test
    void aTunnelThatEndsBeforeItSettledIsReportedWithWhatWasKnown() throws Exception {
        InetSocketAddress server = listen(Duration.ofHours(1), Duration.ofHours(1));
        devices.call(server, UUID.randomUUID(), "u", "p", "pc.example.test").running().sync();

        devices.connections().getFirst().close().sync();

        await().atMost(SOON).until(() -> heard.all("disconnected").size() == 1);
        assertThat(heard.all("disconnected").getFirst().cause())
                .isEqualTo(DisconnectCause.CONNECTION_LOST);
        assertThat(heard.all("disconnected").getFirst().announced().name())
                .isEqualTo("pc.example.test");
        assertThat(heard.all("settled")).isEmpty();
    }

    @Test
    void aReplacedTunnelIsReportedBeforeItsSuccessorAndNeverAgain() throws Exception {
        InetSocketAddress server = listen(Duration.ofMillis(10), SOON);
        UUID id = UUID.randomUUID();
        devices.call(server, id, "u", "p", "pc.example.test").running().sync();
        await().atMost(SOON).until(() -> heard.all("settled").size() == 1);

        devices.call(server, id, "u", "p", "pc.example.test").running().sync();
        await().atMost(SOON).until(() -> heard.all("settled").size() == 2);
        devices.connections().getLast().close().sync();
        await().atMost(SOON).until(() -> heard.all("disconnected").size() == 2);
        // The replaced tunnel's own close has been dealt with by then, or is harmless later.
        await().atMost(SOON).until(() -> !devices.connections().getFirst().isOpen());

        assertThat(heard.calls)
                .extracting(Heard.Call::what)
                .containsExactly(
                        "connected",
                        "settled",
                        "disconnected",
                        "connected",
                        "settled",
                        "disconnected");
        assertThat(heard.all("disconnected").getFirst().cause())
                .isEqualTo(DisconnectCause.REPLACED);
    }

    @Test
    void howeverTunnelsOfOneDeviceRaceTheCallsAlternate() {
        TunnelRegistry registry = new TunnelRegistry(heard);
        DeviceKey key = DeviceKey.of(UUID.randomUUID(), "u");
        AtomicLong numbers = new AtomicLong();
        EmbeddedChannel channel = new EmbeddedChannel();
        List<CompletableFuture<Void>> racers = new ArrayList<>();
        for (int racer = 0; racer < 4; racer++) {
            racers.add(
                    CompletableFuture.runAsync(
                            () ->
                                    IntStream.range(0, 2_000)
                                            .forEach(
                                                    _ -> {
                                                        Tunnel tunnel =
                                                                tunnel(
                                                                        numbers.incrementAndGet(),
                                                                        key,
                                                                        channel);
                                                        registry.register(tunnel);
                                                        registry.settled(tunnel);
                                                        registry.remove(tunnel, Set.of());
                                                    })));
        }
        racers.forEach(CompletableFuture::join);

        long open = 0;
        for (Heard.Call call : heard.calls) {
            switch (call.what()) {
                case "connected" -> {
                    assertThat(open).isZero();
                    open = call.tunnel();
                }
                case "settled" -> assertThat(call.tunnel()).isEqualTo(open);
                default -> {
                    assertThat(call.tunnel()).isEqualTo(open);
                    open = 0;
                }
            }
        }
        assertThat(open).isZero();
        assertThat(heard.all("connected")).hasSize(8_000);
        assertThat(heard.all("disconnected")).hasSize(8_000);
        channel.finishAndReleaseAll();
    }

    private static Tunnel tunnel(long number, DeviceKey key, EmbeddedChannel channel) {
        return new Tunnel(
                number,
                key,
                "u",
                channel,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                TlsSummary.NONE,
                null,
                new ForwardedPorts(channel.eventLoop(), Duration.ZERO, 1),
                4);
    }
}
