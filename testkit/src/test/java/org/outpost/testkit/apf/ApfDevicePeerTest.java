package org.outpost.testkit.apf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class ApfDevicePeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final DeviceIdentity DEVICE = DeviceIdentity.numbered(7, "admin", "P@ssw0rd");

    @Test
    void startsASessionStepByStepInOneWriteAndByteByByte() throws IOException {
        for (Consumer<ApfDevicePeer> start :
                List.<Consumer<ApfDevicePeer>>of(
                        ApfDevicePeer::start,
                        ApfDevicePeer::startInOneWrite,
                        ApfDevicePeer::startByteByByte)) {
            try (LoopbackServer server =
                            new LoopbackServer(s -> new PoliteServer(s).untilTheEnd());
                    ApfDevicePeer peer = connect(server)) {
                start.accept(peer);
                peer.keepAlive(5);
                peer.cancel(16993);
                peer.forward(16993);
            }
        }
    }

    @Test
    void keepAlivesOfTheServerAreAnsweredBetweenTheSteps() throws IOException {
        try (LoopbackServer server =
                        new LoopbackServer(
                                s -> {
                                    PoliteServer polite = new PoliteServer(s);
                                    polite.until(WireMessage.ProtocolVersion.class);
                                    s.send(ApfVectors.V29.bytes(), ApfVectors.V27.bytes());
                                    polite.until(WireMessage.KeepAliveReply.class);
                                    polite.untilTheEnd();
                                });
                ApfDevicePeer peer = connect(server)) {
            peer.start();
            peer.connection().close();
            server.join();
        }
    }

    @Test
    void echoesThroughWindowsInBothDirectionsAndClosesOnce() throws IOException {
        byte[] sent = new byte[50_000];
        new Random(1).nextBytes(sent);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        try (LoopbackServer server = new LoopbackServer(s -> exchange(s, sent, back));
                ApfDevicePeer peer = connect(server)) {
            peer.start().serve();
            server.join();

            assertThat(back.toByteArray()).isEqualTo(sent);
            assertThat(peer.violations()).isEmpty();
            assertThat(peer.opens()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(peer.openChannels()).isZero());
            assertThat(peer.served().orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
        }
    }

    private static void exchange(ApfConnection s, byte[] sent, ByteArrayOutputStream back) {
        awaitPorts(s);
        s.send(open(4, 2000));
        WireMessage.ChannelOpenConfirmation open =
                new PoliteServer(s).until(WireMessage.ChannelOpenConfirmation.class);
        int at = 0;
        long credit = open.window();
        while (back.size() < sent.length) {
            int count = (int) Math.min(credit, Math.min(1000, sent.length - at));
            if (count > 0) {
                s.send(ApfBytes.channelData(open.sender(), copy(sent, at, count)));
                at += count;
                credit -= count;
            }
            WireMessage message = s.receive(PATIENCE).orElseThrow();
            switch (message) {
                case WireMessage.ChannelWindowAdjust adjust -> credit += adjust.add();
                case WireMessage.ChannelData data -> {
                    back.writeBytes(data.data().bytes());
                    s.send(ApfBytes.channelWindowAdjust(open.sender(), data.data().size()));
                }
                default -> throw new AssertionError(message);
            }
        }
        s.send(ApfBytes.channelClose(open.sender()));
        new PoliteServer(s).until(WireMessage.ChannelClose.class);
    }

    @Test
    void serversMistakesAreNoted() throws IOException {
        try (LoopbackServer server =
                        new LoopbackServer(
                                s -> {
                                    awaitPorts(s);
                                    s.send(open(4, 100));
                                    new PoliteServer(s)
                                            .until(WireMessage.ChannelOpenConfirmation.class);
                                    s.send(
                                            ApfBytes.channelData(0, new byte[5000]),
                                            ApfBytes.channelClose(0),
                                            ApfBytes.channelClose(0));
                                    new PoliteServer(s).until(WireMessage.ChannelClose.class);
                                    s.send(
                                            ApfBytes.channelOpen(
                                                    "forwarded-tcpip", 5, 100, "", 22, "::1", 1));
                                    new PoliteServer(s).until(WireMessage.ChannelOpenFailure.class);
                                });
                ApfDevicePeer peer = connect(server)) {
            peer.start().serve(DeviceManners.decent(), ChannelService.sink());
            server.join();

            assertThat(peer.violations())
                    .containsExactly(
                            "data beyond the window of channel 0",
                            "close of channel 0, which is not open",
                            "opened port 22, which is not announced");
        }
    }

    @Test
    void badMannersShow() throws IOException {
        DeviceManners manners =
                DeviceManners.decent().refusing(1, 2).exceedingWindowBy(50).ignoringClose();
        try (LoopbackServer server =
                        new LoopbackServer(
                                s -> {
                                    awaitPorts(s);
                                    s.send(open(4, 100));
                                    assertThat(s.receive(PATIENCE))
                                            .contains(new WireMessage.ChannelOpenFailure(4, 2));
                                    s.send(open(5, 100));
                                    new PoliteServer(s)
                                            .until(WireMessage.ChannelOpenConfirmation.class);
                                    assertThat(s.receive(PATIENCE))
                                            .contains(
                                                    new WireMessage.ChannelData(
                                                            5, Octets.of(new byte[150])));
                                    s.send(ApfBytes.channelClose(0), ApfVectors.V27.bytes());
                                    assertThat(s.receive(PATIENCE))
                                            .contains(new WireMessage.KeepAliveReply(255));
                                });
                ApfDevicePeer peer = connect(server)) {
            peer.start().serve(manners, ChannelService.source(1000));
            server.join();
        }
    }

    @Test
    void pagesAnswerEveryRequestOnAChannel() {
        ChannelService page = ChannelService.page("device 7").apply(anyOpen());

        byte[] none =
                page.received("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] two =
                page.received("\r\nGET /b HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(none).isEmpty();
        assertThat(Octets.of(two).text().split("HTTP/1.1 200 OK")).hasSize(3);
        assertThat(Octets.of(two).text()).endsWith("\r\n\r\ndevice 7");
    }

    @Test
    void transcriptsArePlayedOverSockets() throws IOException {
        for (String name : List.of("session-start", "channel-data", "disconnect-by-server")) {
            ApfReplay replay = new ApfReplay(ApfTranscript.named(name));
            try (LoopbackServer server =
                            new LoopbackServer(
                                    s -> replay.play(ApfSide.SERVER, s.endpoint(PATIENCE)));
                    ApfConnection device = ApfConnection.plain(server.address())) {
                replay.play(ApfSide.DEVICE, device.endpoint(PATIENCE));
                server.join();
            }
        }
    }

    @Test
    void bytesBeforeTheEndOfASocketAreNotLost() throws IOException {
        ApfTranscript ends = ApfTranscript.of("ends", "D> V31\nS> end\n");
        try (LoopbackServer server =
                        new LoopbackServer(
                                s -> {
                                    s.receive(PATIENCE);
                                    s.send(ApfVectors.V29.bytes(), ApfVectors.V27.bytes());
                                });
                ApfConnection device = ApfConnection.plain(server.address())) {
            assertThatThrownBy(
                            () ->
                                    new ApfReplay(ends)
                                            .ignoring(ApfReplay.Ignorable.KEEPALIVE_OPTIONS_REQUEST)
                                            .play(ApfSide.DEVICE, device.endpoint(PATIENCE)))
                    .hasMessageContaining("ends differs at line 2")
                    .hasMessageContaining("S KeepAliveRequest[cookie=255]");
        }
    }

    @Test
    void refusedPasswordIsAnError() throws IOException {
        try (LoopbackServer server =
                        new LoopbackServer(
                                s -> {
                                    s.send(ApfVectors.V04.bytes(), ApfVectors.V08.bytes());
                                    s.awaitEnd(PATIENCE);
                                });
                ApfDevicePeer peer = connect(server)) {
            assertThatThrownBy(peer::start)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected UserauthSuccess, but received UserauthFailure")
                    .hasMessageNotContaining("P@ss");
        }
    }

    static void awaitPorts(ApfConnection s) {
        for (int i = 0; i < DEVICE.ports().size(); i++) {
            new PoliteServer(s).until(WireMessage.TcpipForward.class);
        }
    }

    static ApfDevicePeer connect(LoopbackServer server) {
        return new ApfDevicePeer(ApfConnection.plain(server.address()), DEVICE);
    }

    private static byte[] open(long sender, long window) {
        return ApfBytes.channelOpen("forwarded-tcpip", sender, window, "", 16992, "::1", 1024);
    }

    private static WireMessage.ChannelOpen anyOpen() {
        return new WireMessage.ChannelOpen("forwarded-tcpip", 1, 1, "", 16992, "", 0);
    }

    private static byte[] copy(byte[] bytes, int from, int count) {
        return Arrays.copyOfRange(bytes, from, from + count);
    }
}
