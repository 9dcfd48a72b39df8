package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.session.DeviceSession;
import org.outpost.apf.session.SessionEndedException;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.traffic.Rates;
import org.outpost.gateway.transport.Transport;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

class TunnelServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Console CONSOLE =
            new Console("", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final Transport transport = new Transport(2);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallingDevices devices =
            new CallingDevices(
                    transport, List.of(16992, 623), _ -> new OpenDecision.Accept(new Echo()));
    private AuthenticationService authentication = TunnelServerTest::checkPassword;

    @AfterEach
    void close() {
        devices.close();
        transport.close();
    }

    private static CompletionStage<Verdict> checkPassword(Credentials credentials) {
        return CompletableFuture.supplyAsync(
                () ->
                        "right".equals(credentials.password())
                                ? new Verdict.Accepted(credentials.user())
                                : new Verdict.Refused("wrong password"));
    }

    private TunnelServer server(TunnelSettings settings) {
        return server(settings, new AddressLimits(0, 0), new HandshakeSlots(0, 0));
    }

    private TunnelServer server(
            TunnelSettings settings, AddressLimits addresses, HandshakeSlots handshakes) {
        return new TunnelServer(
                transport,
                settings,
                credentials -> authentication.authenticate(credentials),
                new FakeRegister(),
                addresses,
                handshakes,
                AttemptListener.NONE,
                meters);
    }

    private TunnelSettings settings() {
        return TunnelSettings.defaults(MultiplexerSettings.server(CallingDevices.windows()));
    }

    private static InetSocketAddress listen(TunnelServer server) throws Exception {
        return server.listen(
                new TunnelListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null));
    }

    private DeviceSession device(
            InetSocketAddress server, UUID id, String user, String password, String name)
            throws Exception {
        return devices.call(server, id, user, password, name);
    }

    private static Resolution resolve(TunnelServer server, String target) throws Exception {
        return server.directory()
                .resolve(target, CONSOLE)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void aDeviceCallsInAndAConsoleReachesItByName() throws Exception {
        TunnelServer server = server(settings());
        UUID id = UUID.randomUUID();
        DeviceSession device = device(listen(server), id, "u", "right", "PC-1.example.test");
        device.running().sync();

        assertThat(server.presence().tunnelOf(id))
                .hasValueSatisfying(
                        tunnel -> {
                            assertThat(tunnel.name()).isEqualTo("PC-1.example.test");
                            assertThat(tunnel.ports()).containsExactly(623, 16992);
                        });
        for (String target : List.of("pc-1.EXAMPLE.test", "pc-1", id.toString())) {
            Resolution.Reachable found = (Resolution.Reachable) resolve(server, target);
            assertThat(exchange(found, 16992, "hello")).isEqualTo("hello");
        }
        assertThat(resolve(server, "nobody")).isInstanceOf(Resolution.Unknown.class);
        assertThat(resolve(server, "192.0.2.1")).isInstanceOf(Resolution.NotAllowed.class);
    }

    @Test
    void whatFlowsThroughATunnelIsTold() throws Exception {
        TunnelServer server = server(settings());
        device(listen(server), UUID.randomUUID(), "u", "right", "pc-1").running().sync();
        Resolution.Reachable found = (Resolution.Reachable) resolve(server, "pc-1");
        TunnelInfo quiet = server.presence().tunnels().getFirst();
        assertThat(quiet.rates()).isEqualTo(Rates.NONE);
        assertThat(found.route().tunnel()).hasValue(quiet.id());

        exchange(found, 16992, "hello");

        TunnelInfo busy = server.presence().tunnels().getFirst();
        assertThat(busy.bytesIn()).isEqualTo(5);
        assertThat(busy.rates().fromDevice()).isBetween(1L, 5L);
        assertThat(busy.rates().toDevice()).isBetween(1L, 5L);
        server.traffic().sample(System.nanoTime());
        server.traffic().sample(System.nanoTime());
        assertThat(server.presence().tunnels().getFirst().rates()).isEqualTo(Rates.NONE);
    }

    private String exchange(Resolution.Reachable found, int port, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ChannelFuture connected =
                found.route()
                        .connect(
                                port,
                                new ChannelInboundHandlerAdapter() {
                                    private final StringBuilder received = new StringBuilder();

                                    @Override
                                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                                        ByteBuf bytes = (ByteBuf) msg;
                                        received.append(bytes.toString(StandardCharsets.UTF_8));
                                        bytes.release();
                                        if (received.length() >= text.length()) {
                                            answer.complete(received.toString());
                                            ctx.close();
                                        }
                                    }
                                });
        connected.sync();
        connected
                .channel()
                .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
                .sync();
        String received = answer.get(5, TimeUnit.SECONDS);
        connected.channel().closeFuture().sync();
        return received;
    }

    @Test
    void aPortThatTheDeviceDoesNotForwardIsRefused() throws Exception {
        TunnelServer server = server(settings());
        device(listen(server), UUID.randomUUID(), "u", "right", "pc-2").running().sync();
        Resolution.Reachable found = (Resolution.Reachable) resolve(server, "pc-2");

        ChannelFuture refused =
                found.route().connect(5900, new ChannelInboundHandlerAdapter()).await();

        assertThat(refused.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("does not forward port 5900");
        assertThat(refused.channel().isOpen()).isFalse();
    }

    @Test
    void aPortAnnouncedAWhileLaterIsWaitedFor() throws Exception {
        TunnelServer server = server(settings());
        DeviceSession device = device(listen(server), UUID.randomUUID(), "u", "right", "pc-3");
        device.running().sync();
        device.send(new CancelTcpipForward(true, "pc-3", 16992));
        Resolution.Reachable found = (Resolution.Reachable) resolve(server, "pc-3");
        await().atMost(SOON)
                .until(() -> server.presence().tunnels().getFirst().ports().equals(List.of(623)));

        ChannelFuture connected = found.route().connect(16992, new ChannelInboundHandlerAdapter());
        device.send(new TcpipForward(true, "pc-3", 16992));

        assertThat(connected.await().isSuccess()).isTrue();
        connected.channel().close().sync();
    }

    @Test
    void wrongPasswordsAreRefusedAndTheRightOneIsNotHeldBack() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        UUID id = UUID.randomUUID();

        DeviceSession wrong = device(address, id, "u", "wrong", "pc-4");
        assertThat(wrong.running().await().cause()).isInstanceOf(SessionEndedException.class);

        DeviceSession right = device(address, id, "u", "right", "pc-4");
        assertThat(right.running().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.tunnels()).isEqualTo(1);
    }

    @Test
    void theNewestTunnelOfADeviceWinsAndTheOldOnesEndChangesNothing() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        UUID id = UUID.randomUUID();
        device(address, id, "u", "right", "pc-5").running().sync();
        long first = server.presence().tunnels().getFirst().id();

        device(address, id, "u", "right", "pc-5").running().sync();

        await().atMost(SOON).until(() -> !devices.connections().getFirst().isActive());
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(server.presence().tunnels())
                                        .singleElement()
                                        .satisfies(t -> assertThat(t.id()).isNotEqualTo(first)));
        assertThat(resolve(server, "pc-5")).isInstanceOf(Resolution.Reachable.class);
    }

    @Test
    void anotherCredentialNeverTakesADevicesPlace() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        UUID id = UUID.randomUUID();
        device(address, id, "owner", "right", "pc-6").running().sync();

        DeviceSession thief = device(address, id, "thief", "right", "pc-6");

        assertThat(thief.running().await().cause())
                .isInstanceOfSatisfying(
                        SessionEndedException.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(DisconnectReason.HOST_NOT_ALLOWED.code()));
        assertThat(server.presence().tunnelOf(id).orElseThrow().principal()).isEqualTo("owner");
    }

    @Test
    void oneNameOfTwoConnectedDevicesIsAmbiguous() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        device(address, one, "a", "right", "twin").running().sync();
        device(address, two, "b", "right", "twin").running().sync();

        assertThat(resolve(server, "twin"))
                .isInstanceOfSatisfying(
                        Resolution.Ambiguous.class,
                        ambiguous ->
                                assertThat(ambiguous.candidates())
                                        .extracting(Resolution.Candidate::device)
                                        .containsExactlyInAnyOrder(one, two));
        assertThat(resolve(server, one.toString())).isInstanceOf(Resolution.Reachable.class);
    }

    @Test
    void aDeviceThatLeftIsOffline() throws Exception {
        TunnelServer server = server(settings());
        UUID id = UUID.randomUUID();
        DeviceSession device = device(listen(server), id, "u", "right", "pc-7");
        device.running().sync();

        device.disconnect(DisconnectReason.BY_APPLICATION);

        await().atMost(SOON).until(() -> server.tunnels() == 0);
        assertThat(resolve(server, "pc-7")).isEqualTo(new Resolution.Offline(id, "pc-7"));
        await().atMost(SOON)
                .until(
                        () ->
                                meters.get("outpost.tunnel.ended")
                                                .tag("cause", "device_disconnect")
                                                .counter()
                                                .count()
                                        == 1);
    }

    @Test
    void aSilentConnectionIsGoneAtItsDeadline() throws Exception {
        Duration brief = Duration.ofMillis(300);
        TunnelServer server =
                server(
                        settings()
                                .withDeadlines(
                                        new HandshakeDeadlines(brief, brief, brief, brief, brief)));
        Channel silent =
                transport
                        .client()
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(listen(server))
                        .sync()
                        .channel();

        assertThat(silent.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON)
                .until(
                        () ->
                                meters.find("outpost.tunnel.ended")
                                                .tag("cause", "version_timeout")
                                                .counter()
                                        != null);
    }

    /** A connection that says nothing; it may be cut already. */
    private Channel connectSilently(InetSocketAddress address) throws InterruptedException {
        return transport
                .client()
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address)
                .await()
                .channel();
    }

    private void awaitEnded(String cause) {
        await().atMost(SOON)
                .until(
                        () -> {
                            Counter ended =
                                    meters.find("outpost.tunnel.ended")
                                            .tag("cause", cause)
                                            .counter();
                            return ended != null && ended.count() >= 1;
                        });
    }

    @Test
    void aTunnelBeyondTheLimitIsSentAwayAndTheOthersStay() throws Exception {
        TunnelServer server = server(settings().withMaxTunnels(1));
        InetSocketAddress address = listen(server);
        UUID first = UUID.randomUUID();
        device(address, first, "u", "right", "first").running().sync();

        DeviceSession second = device(address, UUID.randomUUID(), "u", "right", "second");

        assertThat(second.running().await(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).until(() -> !devices.connections().getLast().isActive());
        awaitEnded("too_many_tunnels");
        assertThat(server.presence().tunnelOf(first)).isPresent();
        assertThat(server.tunnels()).isEqualTo(1);
        // its own next tunnel replaces the first, and so needs no place
        device(address, first, "u", "right", "first").running().sync();
        await().atMost(SOON).until(() -> server.tunnels() == 1);
    }

    @Test
    void aConnectionBeyondTheHandshakesInFlightWaitsForItsTurn() throws Exception {
        Duration brief = Duration.ofMillis(500);
        TunnelServer server =
                server(
                        settings()
                                .withDeadlines(
                                        new HandshakeDeadlines(brief, brief, brief, brief, brief)),
                        new AddressLimits(0, 0),
                        new HandshakeSlots(1, 10));
        InetSocketAddress address = listen(server);
        Channel silent = connectSilently(address);
        await().atMost(SOON)
                .until(() -> meters.get("outpost.tunnel.connections").counter().count() == 1);

        DeviceSession waiting = device(address, UUID.randomUUID(), "u", "right", "pc-8");

        assertThat(waiting.running().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.running().isSuccess()).isTrue();
        assertThat(silent.isActive()).as("its time was over before").isFalse();
    }

    @Test
    void anAddressMayHaveOnlySoManyConnections() throws Exception {
        TunnelServer server = server(settings(), new AddressLimits(0, 1), new HandshakeSlots(0, 0));
        InetSocketAddress address = listen(server);
        device(address, UUID.randomUUID(), "u", "right", "pc-9").running().sync();

        assertThat(connectSilently(address).closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
        awaitEnded("address_limit");
        devices.close();
        await().atMost(SOON).until(() -> server.tunnels() == 0);
        device(address, UUID.randomUUID(), "u", "right", "pc-9").running().sync();
    }

    @Test
    void aDeviceThatTakesTheShortNameOfAnotherDrawsNothingToItself() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        DeviceSession owner =
                device(address, UUID.randomUUID(), "owner", "right", "pc-10.corp.example");
        owner.running().sync();
        assertThat(resolve(server, "pc-10")).isInstanceOf(Resolution.Reachable.class);

        device(address, UUID.randomUUID(), "thief", "right", "pc-10").running().sync();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(resolve(server, "pc-10"))
                                        .isInstanceOf(Resolution.Ambiguous.class));
        owner.disconnect(DisconnectReason.BY_APPLICATION);
        await().atMost(SOON).until(() -> server.tunnels() == 1);
        assertThat(resolve(server, "pc-10")).isInstanceOf(Resolution.Ambiguous.class);
        assertThat(resolve(server, "pc-10.corp.example")).isInstanceOf(Resolution.Offline.class);
    }

    /** Some firmware announces its address in place of a name. */
    @Test
    void anAddressThatADeviceAnnouncedLeadsToIt() throws Exception {
        TunnelServer server = server(settings());
        device(listen(server), UUID.randomUUID(), "u", "right", "10.20.30.40").running().sync();
        await().atMost(SOON)
                .until(() -> resolve(server, "10.20.30.40") instanceof Resolution.Reachable);

        assertThat(exchange((Resolution.Reachable) resolve(server, "10.20.30.40"), 16992, "hello"))
                .isEqualTo("hello");
        assertThat(resolve(server, "10.20.30.41")).isInstanceOf(Resolution.NotAllowed.class);
    }

    @Test
    void drainingSendsEveryDeviceAwayAndLetsOpenChannelsFinish() throws Exception {
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        device(address, UUID.randomUUID(), "u", "right", "idle").running().sync();
        device(address, UUID.randomUUID(), "u", "right", "busy").running().sync();
        Resolution.Reachable busy = (Resolution.Reachable) resolve(server, "busy");
        Channel channel =
                busy.route().connect(16992, new ChannelInboundHandlerAdapter()).sync().channel();

        CompletableFuture<Void> drained =
                server.drain(Duration.ofSeconds(30), 0).toCompletableFuture();

        await().atMost(SOON).until(() -> server.tunnels() == 1);
        assertThat(channel.isActive()).isTrue();
        channel.close();
        drained.get(10, TimeUnit.SECONDS);
        assertThat(server.tunnels()).isZero();
    }

    @Test
    void aSlowCheckOfCredentialsDelaysNobodyElse() throws Exception {
        CompletableFuture<Verdict> never = new CompletableFuture<>();
        authentication =
                credentials ->
                        credentials.user().equals("slow") ? never : checkPassword(credentials);
        TunnelServer server = server(settings());
        InetSocketAddress address = listen(server);
        DeviceSession slow = device(address, UUID.randomUUID(), "slow", "right", "slow");

        device(address, UUID.randomUUID(), "u", "right", "quick").running().sync();

        assertThat(slow.running().isDone()).isFalse();
        never.complete(new Verdict.Accepted("slow"));
        assertThat(slow.running().await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCheckThatBreaksSendsTheDeviceAwayInGoodOrder() throws Exception {
        authentication =
                credentials -> CompletableFuture.failedStage(new IllegalStateException("broken"));
        TunnelServer server = server(settings());

        DeviceSession device = device(listen(server), UUID.randomUUID(), "u", "right", "pc-11");

        assertThat(device.running().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(device.running().cause())
                .isInstanceOfSatisfying(
                        SessionEndedException.class,
                        end ->
                                assertThat(end.reason())
                                        .isEqualTo(DisconnectReason.SERVICE_NOT_AVAILABLE.code()));
        awaitEnded("authentication_unavailable");
    }

    /** What the devices of this test do with a channel. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.writeAndFlush(msg);
        }
    }
}
