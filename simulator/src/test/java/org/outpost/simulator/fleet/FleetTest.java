package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.outpost.simulator.fleet.FleetRig.patiently;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpMethod;

import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.ChannelOpenFailedException;
import org.outpost.simulator.amt.DigestClient;
import org.outpost.simulator.device.TunnelEnd;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.impairment.Ending;
import org.outpost.simulator.impairment.LinkQuality;
import org.outpost.simulator.impairment.Mood;
import org.outpost.simulator.impairment.TlsVersion;
import org.outpost.simulator.stream.StreamPattern;
import org.outpost.simulator.support.HttpConnection;
import org.outpost.simulator.support.PatternReader;
import org.outpost.simulator.support.TestConsole;
import org.outpost.simulator.support.TestServer;
import org.outpost.simulator.support.TestTunnel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class FleetTest {
    private static final int PLAIN_HTTP = 16992;
    private static final int TLS_HTTP = 16993;

    @Test
    void everyDeviceCallsInAnnouncesItsPortsServesHttpAndSaysGoodBye() throws Exception {
        try (FleetRig rig = FleetRig.of(40).build()) {
            rig.fleet().start();
            rig.awaitConnected();

            for (DeviceProfile device : rig.profiles()) {
                TestTunnel tunnel = rig.tunnel(device);
                assertThat(tunnel.ports()).isEqualTo(device.ports());
                assertThat(tunnel.names()).containsExactly(device.fqdn());
                assertThat(tunnel.trigger()).isEqualTo(device.trigger().code());
                boolean plain = device.ports().contains(PLAIN_HTTP);
                try (TestConsole console =
                        new TestConsole(tunnel, plain ? PLAIN_HTTP : TLS_HTTP, !plain)) {
                    HttpConnection.Response response = console.request(HttpMethod.GET, "/", "", "");
                    assertThat(response.status()).isEqualTo(303);
                    assertThat(response.header("Server"))
                            .isEqualTo(
                                    "Intel(R) Active Management Technology "
                                            + device.version().text());
                }
            }

            assertThat(rig.fleet().leave(Duration.ofSeconds(10))).isTrue();
            patiently()
                    .untilAsserted(
                            () ->
                                    assertThat(rig.server().tunnels())
                                            .hasSize(40)
                                            .allSatisfy(
                                                    tunnel ->
                                                            assertThat(tunnel.disconnectReason())
                                                                    .isEqualTo(11)));
            assertThat(rig.fleet().snapshot().ends())
                    .containsExactly(java.util.Map.entry(TunnelEnd.OWN, 40L));
        }
    }

    @Test
    void digestSignInWorksThroughTheTunnelPlainAndInTlsWithTheDevicesOwnCertificate()
            throws Exception {
        try (FleetRig rig = FleetRig.of(2).build()) {
            rig.fleet().start();
            rig.awaitConnected();
            DigestClient client = new DigestClient("admin", FleetRig.AMT_PASSWORD);

            for (DeviceProfile device : rig.profiles()) {
                try (TestConsole plain = new TestConsole(rig.tunnel(device), PLAIN_HTTP, false);
                        TestConsole secure = new TestConsole(rig.tunnel(device), TLS_HTTP, true)) {
                    HttpConnection.Response challenge =
                            plain.request(HttpMethod.GET, "/index.htm", "", "");
                    assertThat(challenge.status()).isEqualTo(401);
                    String answer =
                            client.answer(
                                    challenge.header("WWW-Authenticate"), "GET", "/index.htm");

                    assertThat(plain.request(HttpMethod.GET, "/index.htm", answer, "").body())
                            .contains(device.uuid().toString());
                    assertThat(plain.request(HttpMethod.GET, "/index.htm", "", "").status())
                            .isEqualTo(401);
                    assertThat(secure.request(HttpMethod.GET, "/index.htm", answer, "").status())
                            .isEqualTo(200);
                    // in TLS a connection stays signed in
                    assertThat(secure.request(HttpMethod.GET, "/index.htm", "", "").status())
                            .isEqualTo(200);
                    assertThat(secure.certificate().getSubjectX500Principal().getName())
                            .isEqualTo("CN=" + device.fqdn());
                }
            }
        }
    }

    @Test
    void streamsKeepTheirOrderThroughFirmwareWindowsRefilledInOddAmounts() throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().start();
            rig.awaitConnected();
            int size = 300_000;
            PatternReader reader = new PatternReader(size);
            Channel channel = rig.open(1, 16994, reader);
            ByteBuf pattern = Unpooled.buffer(size);
            StreamPattern.write(pattern, 0, size);

            channel.writeAndFlush(Unpooled.copiedBuffer("ECHO\n", StandardCharsets.US_ASCII));
            channel.writeAndFlush(pattern);

            reader.awaitRight();
            assertThat(rig.server().adjusts())
                    .contains(499L, 1024L)
                    .allMatch(bytes -> bytes <= 1024);
            long granted = rig.server().adjusts().stream().mapToLong(Long::longValue).sum();
            assertThat(granted).isBetween(size - 2 * 4095L, size + 5L);
        }
    }

    @Test
    void aSourceFillsTheConsolesWindowAndKeepsItsOrder() throws Exception {
        try (FleetRig rig = FleetRig.of(1).window(65536).build()) {
            rig.fleet().start();
            rig.awaitConnected();
            PatternReader reader = new PatternReader(4_000_000);
            Channel channel = rig.open(1, 16994, reader);

            channel.writeAndFlush(
                    Unpooled.copiedBuffer("SOURCE 4000000\n", StandardCharsets.US_ASCII));

            reader.awaitRight();
            assertThat(rig.fleet().snapshot().bytesSent()).isEqualTo(4_000_000);
        }
    }

    @Test
    void theNinthChannelIsRefusedForLackOfResources() throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().start();
            rig.awaitConnected();
            List<Channel> channels = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                channels.add(rig.open(1, 16994, new ChannelInboundHandlerAdapter()));
            }

            assertThatThrownBy(() -> rig.open(1, 16994, new ChannelInboundHandlerAdapter()))
                    .isInstanceOfSatisfying(
                            ChannelOpenFailedException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(4));

            channels.removeFirst().close().syncUninterruptibly();
            patiently()
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    rig.open(
                                                                    1,
                                                                    16994,
                                                                    new ChannelInboundHandlerAdapter())
                                                            .isActive())
                                            .isTrue());
        }
    }

    @Test
    void onlyAnnouncedPortsAreServedAndKvmIsSwitchedOff() throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().start();
            rig.awaitConnected();

            assertThat(refusal(rig, 22)).isEqualTo(1);
            assertThat(refusal(rig, 5900)).isEqualTo(2);
        }
    }

    private static int refusal(FleetRig rig, int port) {
        Throwable failure =
                TestServer.connect(
                                rig.tunnel(rig.profiles().getFirst()),
                                port,
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {}
                                })
                        .awaitUninterruptibly()
                        .cause();
        assertThat(failure).isInstanceOf(ChannelOpenFailedException.class);
        return ((ChannelOpenFailedException) failure).reason();
    }

    @Test
    void aDeviceWhoseTunnelIsLostCallsInAgain() throws Exception {
        try (FleetRig rig = FleetRig.of(3).build()) {
            rig.fleet().start();
            rig.awaitConnected();

            rig.server().tunnels().forEach(tunnel -> tunnel.channel().close());

            patiently().until(() -> rig.fleet().snapshot().established() == 6);
            assertThat(rig.fleet().snapshot().ends()).containsEntry(TunnelEnd.LOST, 3L);
        }
    }

    @Test
    void churningDevicesLeaveAndComeBackAtOnce() throws Exception {
        try (FleetRig rig = FleetRig.of(10).churn(100).build()) {
            rig.fleet().start();

            patiently().until(() -> rig.fleet().snapshot().established() > 60);

            assertThat(
                            rig.server().tunnels().stream()
                                    .filter(tunnel -> tunnel.disconnectReason() == 11))
                    .isNotEmpty();
            assertThat(
                            rig.server().tunnels().stream()
                                    .filter(
                                            tunnel ->
                                                    !tunnel.isOpen()
                                                            && tunnel.disconnectReason() == 0))
                    .isNotEmpty();
            assertThat(rig.fleet().leave(Duration.ofSeconds(10))).isTrue();
            assertThat(rig.fleet().snapshot().connected()).isZero();
        }
    }

    @Test
    void aWrongPasswordIsTriedTwiceAndThenThereIsSilence() throws Exception {
        try (FleetRig rig = FleetRig.of(1).password("wrong").build()) {
            rig.fleet().start();

            patiently().until(() -> rig.fleet().snapshot().calls() == 2);
            patiently().until(() -> rig.fleet().snapshot().connecting() == 0);
            assertThat(rig.fleet().snapshot().ends()).containsEntry(TunnelEnd.LOGIN_REFUSED, 2L);
            patiently()
                    .during(Duration.ofMillis(500))
                    .until(() -> rig.fleet().snapshot().calls() == 2);
        }
    }

    @Test
    void impairedDevicesStillServe() throws Exception {
        try (FleetRig rig = FleetRig.of(4).moods("far,slow,mobile,stalling").build()) {
            rig.fleet().start();
            rig.awaitConnected();

            for (DeviceProfile device : rig.profiles()) {
                PatternReader reader = new PatternReader(20_000);
                rig.open(device.index(), 16994, reader)
                        .writeAndFlush(
                                Unpooled.copiedBuffer("SOURCE 20000\n", StandardCharsets.US_ASCII));
                reader.awaitRight();
            }
            assertThat(rig.fleet().leave(Duration.ofSeconds(10))).isTrue();
            patiently()
                    .untilAsserted(
                            () ->
                                    assertThat(rig.server().tunnels())
                                            .allSatisfy(
                                                    tunnel ->
                                                            assertThat(tunnel.disconnectReason())
                                                                    .isEqualTo(11)));
        }
    }

    @Test
    void aDeviceThatVanishesComesBackWhileItsOldTunnelStaysOpenAndMute() throws Exception {
        Mood vanishing =
                new Mood(
                        "test",
                        TlsVersion.CURRENT,
                        LinkQuality.PERFECT,
                        new Ending(Ending.Kind.SILENCE, Duration.ofSeconds(1), Duration.ZERO));
        try (FleetRig rig = FleetRig.of(1).mood(vanishing).build()) {
            rig.fleet().start();

            patiently()
                    .until(() -> rig.server().open(rig.profiles().getFirst().uuid()).size() >= 2);

            assertThat(rig.fleet().snapshot().ends()).containsKey(TunnelEnd.OWN);
        }
    }

    @Test
    void aDeviceThatDropsIsSeenAsAReset() throws Exception {
        Mood dropping =
                new Mood(
                        "test",
                        TlsVersion.CURRENT,
                        LinkQuality.PERFECT,
                        new Ending(Ending.Kind.RESET, Duration.ofSeconds(1), Duration.ZERO));
        try (FleetRig rig = FleetRig.of(1).mood(dropping).build()) {
            rig.fleet().start();

            patiently().until(() -> rig.fleet().snapshot().established() >= 2);

            TestTunnel first = rig.server().tunnels().getFirst();
            assertThat(first.isOpen()).isFalse();
            assertThat(first.disconnectReason()).isZero();
        }
    }
}
