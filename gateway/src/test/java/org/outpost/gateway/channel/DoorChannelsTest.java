package org.outpost.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.door.Door;
import org.outpost.gateway.door.DoorSettings;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.door.FakeDevice;
import org.outpost.gateway.door.FakeDirectory;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.gateway.proxy.HttpProxy;
import org.outpost.gateway.proxy.ProxySettings;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.socks.SocksProtocol;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Who talks to which device, as the doors for consoles tell it, over real sockets. */
class DoorChannelsTest {
    private static final String SIGN_IN =
            "Proxy-Authorization: Basic "
                    + Base64.getEncoder()
                            .encodeToString("alice:secret".getBytes(StandardCharsets.US_ASCII))
                    + "\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Transport transport = new Transport(2);
    private final OpenChannels channels = new OpenChannels();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        transport.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private InetSocketAddress door(String name, FakeDevice device, Doorway.Protocol protocol)
            throws IOException {
        DoorSettings settings =
                DoorSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withDeadlines(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                new SpliceSettings(Duration.ofMillis(300), Duration.ofSeconds(2)));
        Door door =
                closing(
                        new Door(
                                transport,
                                new Doorway(
                                        name,
                                        settings,
                                        FakeSignIn.only("alice", "secret"),
                                        new FakeDirectory(transport).with("pc1", device),
                                        ConsoleRights.EVERYTHING,
                                        channels,
                                        meters),
                                protocol));
        door.bind();
        return door.addresses().getFirst();
    }

    private Socket client(InetSocketAddress door) throws IOException {
        Socket socket = closing(new Socket(door.getAddress(), door.getPort()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void expect(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int one = in.read();
            assertThat(one).as("after %s", read).isNotNegative();
            read.append((char) one);
        }
    }

    private Socket socks(InetSocketAddress door) throws IOException {
        Socket socket = client(door);
        send(socket, "\5\1\2\1\5alice\6secret\5\1\0\3\3pc1Bb");
        expect(socket, "\5\0\0\1\0\0\0\0\0\0");
        return socket;
    }

    @Test
    void aConsoleOfTheSocksDoor() throws Exception {
        FakeDevice device = closing(FakeDevice.echo());
        Socket console = socks(door("socks", device, new SocksProtocol()));
        send(console, "hello");
        expect(console, "hello");

        await().untilAsserted(
                        () ->
                                assertThat(channels.channels())
                                        .singleElement()
                                        .extracting(ChannelInfo::bytesToConsole)
                                        .isEqualTo(5L));
        ChannelInfo info = channels.channels().getFirst();
        assertThat(info.use())
                .isEqualTo(
                        new ChannelUse(
                                device.id(),
                                "pc1",
                                16994,
                                OptionalLong.empty(),
                                "socks",
                                Means.OPAQUE,
                                "alice",
                                (InetSocketAddress) console.getLocalSocketAddress()));
        assertThat(info.bytesToDevice()).isEqualTo(5);
        assertThat(info.rates().toDevice()).isPositive();

        console.close();
        await().until(() -> channels.channels().isEmpty());
    }

    @Test
    void whoIsCutHearsItAndTheDeviceToo() throws Exception {
        FakeDevice device = closing(FakeDevice.echo());
        Socket console = socks(door("socks", device, new SocksProtocol()));
        long id = channels.channels().getFirst().id();

        assertThat(channels.reset(id).toCompletableFuture().get(10, TimeUnit.SECONDS)).isTrue();

        assertThat(console.getInputStream().read()).isNegative();
        assertThat(channels.channels()).isEmpty();
        await().untilAsserted(
                        () ->
                                assertThat(
                                                meters.get("outpost.door.ended")
                                                        .tag("cause", "reset")
                                                        .counter()
                                                        .count())
                                        .isEqualTo(1));
    }

    @Test
    void theHttpProxyKeepsADevicesChannelBetweenRequests() throws Exception {
        FakeDevice device = closing(new FakeDevice(DoorChannelsTest::answerEach));
        Socket console = client(door("http-proxy", device, new HttpProxy(ProxySettings.DEFAULT)));
        String request = "GET http://pc1:16992/ HTTP/1.1\r\nHost: pc1\r\n" + SIGN_IN + "\r\n";
        send(console, request);
        expect(console, "ok");

        ChannelInfo first = channels.channels().getFirst();
        assertThat(first.use().means()).isEqualTo(Means.HTTP);
        assertThat(first.use().user()).isEqualTo("alice");
        assertThat(first.bytesToConsole()).isEqualTo(ANSWER.length());
        assertThat(first.bytesToDevice()).isPositive();

        send(console, request);
        expect(console, "ok");

        assertThat(channels.channels())
                .singleElement()
                .satisfies(
                        again -> {
                            assertThat(again.id()).isEqualTo(first.id());
                            assertThat(again.bytesToConsole()).isEqualTo(2L * ANSWER.length());
                        });
        channels.reset(first.id()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        send(console, request);
        expect(console, "ok");
        assertThat(channels.channels())
                .singleElement()
                .satisfies(anew -> assertThat(anew.id()).isGreaterThan(first.id()));
    }

    private static void answerEach(Socket socket) throws IOException {
        while (true) {
            expect(socket, "\r\n\r\n");
            send(socket, ANSWER);
        }
    }

    @Test
    void aTunnelOfTheHttpProxyIsOpaque() throws Exception {
        FakeDevice device = closing(FakeDevice.echo());
        Socket console = client(door("http-proxy", device, new HttpProxy(ProxySettings.DEFAULT)));
        send(console, "CONNECT pc1:16994 HTTP/1.1\r\nHost: pc1:16994\r\n" + SIGN_IN + "\r\n");
        expect(console, "\r\n\r\n");

        assertThat(channels.channels())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.use().means()).isEqualTo(Means.OPAQUE);
                            assertThat(one.use().door()).isEqualTo("http-proxy");
                            assertThat(one.use().port()).isEqualTo(16994);
                        });
    }
}
