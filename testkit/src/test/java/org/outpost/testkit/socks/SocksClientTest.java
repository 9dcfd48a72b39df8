package org.outpost.testkit.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.testkit.socks.ScriptedServer.hex;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

class SocksClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void connectsByNameAndPassesBytes() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< 05 01 00",
                                "> 05 00",
                                "< 05 01 00 03 06" + hex("device") + "4260",
                                "> 05 00 00 01 00000000 0000",
                                "< " + hex("hello"),
                                "> " + hex("world"));
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.connect("device", 16992)).isEqualTo(SocksClient.SUCCEEDED);
            client.stream().send("hello");
            assertThat(client.stream().readToEnd()).asString().isEqualTo("world");
            server.join();
        }
    }

    @Test
    void literalsOfBothFamiliesAndTheReplyCode() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< 05 01 00",
                                "> 05 00",
                                "< 05 01 00 01 c0000201 4260",
                                "> 05 04 00 03 01 61 0000",
                                "< 05 03 00 04 20010db8000000000000000000000001 4261",
                                "> 05 07 00 04 00000000000000000000000000000000 0000");
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.greet(SocksClient.NO_AUTHENTICATION)).isZero();
            assertThat(
                            client.request(
                                    SocksClient.CONNECT, InetAddress.getByName("192.0.2.1"), 16992))
                    .isEqualTo(4);
            assertThat(
                            client.request(
                                    SocksClient.UDP_ASSOCIATE,
                                    InetAddress.getByName("2001:db8::1"),
                                    16993))
                    .isEqualTo(7);
            server.join();
        }
    }

    @Test
    void userAndPassword() throws IOException {
        String request = "< 05 01 00 03 01 64 4260";
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< 05 01 02",
                                "> 05 02",
                                "< 01 01 61 02 6262",
                                "> 01 00",
                                request,
                                "> 05 02 00 01 00000000 0000");
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.connect("d", 16992, "a", "bb")).isEqualTo(2);
            server.join();
        }
        try (ScriptedServer server =
                        new ScriptedServer("< 05 01 02", "> 05 02", "< 01 01 61 01 78", "> 01 01");
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.connect("d", 16992, "a", "x")).isEqualTo(-1);
            assertThat(client.stream().hasEnded()).isTrue();
        }
        try (ScriptedServer server = new ScriptedServer("< 05 02 00 02", "> 05 ff");
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.greet(SocksClient.NO_AUTHENTICATION, SocksClient.USER_PASSWORD))
                    .isEqualTo(SocksClient.NO_METHOD);
        }
    }

    @Test
    void version4And4a() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< 04 01 4260 00000001" + hex("me") + "00" + hex("device") + "00",
                                "> 00 5a 0000 00000000",
                                "< " + hex("x"));
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(client.request4a(SocksClient.CONNECT, "device", 16992, "me"))
                    .isEqualTo(SocksClient.GRANTED_4);
            client.stream().send("x");
            server.join();
        }
        try (ScriptedServer server =
                        new ScriptedServer("< 04 02 4260 c0000201 00", "> 00 5b 0000 00000000");
                SocksClient client = SocksClient.open(server.address(), PATIENCE)) {
            assertThat(
                            client.request4(
                                    SocksClient.BIND,
                                    InetAddress.getByName("192.0.2.1"),
                                    16992,
                                    ""))
                    .isEqualTo(SocksClient.REJECTED_4);
        }
    }

    @Test
    void silenceIsNotTheEnd() throws IOException {
        try (ScriptedServer server = new ScriptedServer("< 00");
                SocksClient client = SocksClient.open(server.address(), Duration.ofMillis(200))) {
            assertThat(client.stream().hasEnded()).isFalse();
            client.stream().send(new byte[1]);
            server.join();
            assertThat(client.stream().hasEnded()).isTrue();
        }
    }
}
