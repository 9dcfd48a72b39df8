package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.door.FakeDevice;
import org.outpost.gateway.route.Resolution;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** CONNECT, Upgrade, and requests that wait for leave to go on. */
final class ConnectAndUpgradeTest {
    private final ProxyBench bench = new ProxyBench();
    private final FakeDevice echo = bench.closing(FakeDevice.echo());

    ConnectAndUpgradeTest() {
        bench.directory().with("pc1", echo).with("2001:db8::7", echo);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void connectJoinsConsoleAndDevice() {
        HttpProxyClient client = bench.client();

        assertThat(client.connect("pc1:16993").status()).isEqualTo(200);

        expectEcho(client, "hello");
        client.stream().shutdownOutput();
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(bench.directory().asked()).containsExactly("pc1");
    }

    private static void expectEcho(HttpProxyClient client, String text) {
        client.send(text);
        assertThat(new String(client.stream().read(text.length()), StandardCharsets.ISO_8859_1))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2001:db8::7]:16993", "[2001:db8::7]", "[2001:DB8::7]:16994"})
    void connectTakesIpv6InBracketsAndADefaultPort(String authority) {
        HttpProxyClient client = bench.client();

        assertThat(client.connect(authority).status()).isEqualTo(200);

        expectEcho(client, "hello");
        assertThat(bench.directory().asked().getFirst()).isEqualToIgnoringCase("2001:db8::7");
    }

    @Test
    void bytesRightBehindConnectAreKept() {
        HttpProxyClient client = bench.client();

        client.send("CONNECT pc1:16993 HTTP/1.1\r\nHost: pc1\r\n\r\n\u0016\u0003\u0001GET / x");

        assertThat(client.readAfter("CONNECT").status()).isEqualTo(200);
        assertThat(new String(client.stream().read(10), StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0016\u0003\u0001GET / x");
        expectEcho(client, "more");
    }

    @Test
    void aConnectBehindAnotherRequestKeepsWhatFollowsIt() {
        bench.device("web");
        HttpProxyClient client = bench.client();

        client.send(
                "GET http://web/1 HTTP/1.1\r\nHost: web\r\n\r\n"
                        + "CONNECT pc1:16993 HTTP/1.1\r\nHost: pc1\r\n\r\nearly");

        assertThat(client.read().body()).startsWith("web|GET /1 ");
        assertThat(client.readAfter("CONNECT").status()).isEqualTo(200);
        assertThat(new String(client.stream().read(5), StandardCharsets.ISO_8859_1))
                .isEqualTo("early");
        expectEcho(client, "more");
    }

    @Test
    void aDeviceThatSpeaksFirstAndLeavesIsHeard() {
        FakeDevice vnc =
                bench.closing(
                        new FakeDevice(
                                socket ->
                                        socket.getOutputStream()
                                                .write(HttpDevice.latin("RFB 003.008\n"))));
        bench.directory().with("vnc", vnc);
        for (int i = 0; i < 30; i++) {
            HttpProxyClient client = bench.client();
            assertThat(client.connect("vnc:5900").status()).isEqualTo(200);
            assertThat(client.stream().readToEnd()).asString().isEqualTo("RFB 003.008\n");
        }
    }

    @Test
    void afterARefusedConnectTheConnectionGoesOn() {
        bench.device("web");
        HttpProxyClient client = bench.client();

        client.send(
                "CONNECT nobody:16993 HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "GET http://web/1 HTTP/1.1\r\nHost: web\r\n\r\n");
        assertThat(client.readAfter("CONNECT").status()).isEqualTo(502);
        assertThat(client.read().body()).startsWith("web|GET /1 ");

        assertThat(client.connect("pc1:22").status()).isEqualTo(403);
        assertThat(client.get("http://web/2").body()).startsWith("web|GET /2 ");
        assertThat(client.connect("pc1:16993").status()).isEqualTo(200);
        expectEcho(client, "hello");
    }

    @Test
    void connectAfterRequestsGetsAConnectionOfItsOwn() {
        HttpDevice web = bench.device("web");
        HttpProxyClient client = bench.client();

        client.get("http://web/");
        assertThat(client.connect("pc1:16993").status()).isEqualTo(200);

        expectEcho(client, "GET http://web/ HTTP/1.1\r\nHost: web\r\n\r\n");
        assertThat(web.requests()).hasSize(1);
        await().untilAsserted(() -> assertThat(web.openConnections()).isZero());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pc1:16993/",
                "/",
                "*",
                "pc1:0",
                "pc1:65536",
                "pc1:99999999999",
                "pc1:-1",
                "pc_1:+5",
                "user:secret@pc1:16993",
                ":16993",
                "p\u00e9:1",
                "[::1:16993"
            })
    void connectToNoAuthorityIsABadRequest(String target) {
        HttpProxyClient client = bench.client();

        HttpResponse answer =
                client.send("CONNECT " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").read();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(bench.directory().asked()).isEmpty();
        assertThat(client.connect("pc1:16993").status()).isEqualTo(200);
    }

    @Test
    void aConnectWithABodyIsRefusedAndTheConnectionClosed() {
        for (String length : new String[] {"Content-Length: 5", "Transfer-Encoding: chunked"}) {
            HttpProxyClient client = bench.client();

            client.send("CONNECT pc1:16993 HTTP/1.1\r\nHost: a\r\n" + length + "\r\n\r\nhello");

            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.stream().hasEnded()).isTrue();
        }
    }

    @Test
    void aConsoleThatLeavesWhileItsDeviceIsSoughtLeavesNoChannelBehind() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        bench.directory()
                .with(
                        "late",
                        () -> {
                            asked.countDown();
                            return answer;
                        });
        for (String request : new String[] {"CONNECT late:16993", "GET http://late/"}) {
            HttpProxyClient client = bench.client();
            client.send(request + " HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await(20, TimeUnit.SECONDS);
            client.close();
        }
        await().until(() -> bench.open() == 0);

        answer.complete(
                new Resolution.Reachable(
                        UUID.randomUUID(), "late", bench.directory().routeTo(echo.port())));

        assertThat(bench.client().connect("pc1:16993").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(echo.connections()).isEqualTo(1));
    }

    @Test
    void anUpgradeCarriesBytesBothWaysFromItsAnswerOn() {
        CopyOnWriteArrayList<String> fields = new CopyOnWriteArrayList<>();
        FakeDevice device =
                bench.closing(
                        new FakeDevice(
                                socket -> {
                                    InputStream in = socket.getInputStream();
                                    OutputStream out = socket.getOutputStream();
                                    fields.addAll(HttpDevice.read(in, 1).fields());
                                    out.write(
                                            HttpDevice.latin(
                                                    "HTTP/1.1 100 Continue\r\n\r\n"
                                                            + "HTTP/1.1 101 Switching Protocols\r\n"
                                                            + "Connection: upgrade\r\n"
                                                            + "Upgrade: echo/1\r\n\r\nfirst"));
                                    in.transferTo(out);
                                }));
        bench.directory().with("ws", device);
        HttpProxyClient client = bench.client();

        HttpResponse interim =
                client.get("http://ws/", "Connection: keep-alive, Upgrade", "Upgrade: echo/1");
        HttpResponse answer = client.read();

        assertThat(interim.status()).isEqualTo(100);
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.header("Upgrade")).hasValue("echo/1");
        assertThat(answer.header("Connection").orElseThrow()).isEqualToIgnoringCase("upgrade");
        assertThat(new String(client.stream().read(5), StandardCharsets.ISO_8859_1))
                .isEqualTo("first");
        expectEcho(client, "GET http://nobody/ HTTP/1.1\r\n\r\n");
        assertThat(fields).contains("Connection: Upgrade", "Upgrade: echo/1");
        client.stream().shutdownOutput();
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void anUpgradeThatTheDeviceIgnoresIsAnOrdinaryRequest() {
        HttpDevice web = bench.device("web");
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://web/", "Connection: Upgrade", "Upgrade: h2c").status())
                .isEqualTo(200);
        assertThat(client.get("http://web/").status()).isEqualTo(200);

        assertThat(web.connections()).isEqualTo(1);
        assertThat(web.requests().getLast().field("Upgrade")).isEmpty();
    }

    @Test
    void aDeviceThatSwitchesUnaskedGetsNothingMore() {
        HttpDevice evil =
                bench.device(
                        "evil",
                        HttpDevice.always(
                                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nraw"));
        bench.device("web");
        HttpProxyClient client = bench.client();

        client.send(
                "GET http://evil/ HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\n"
                        + "GET http://web/ HTTP/1.1\r\nHost: a\r\n"
                        + "Proxy-Authorization: Basic YTpi\r\n\r\n");

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(client.read().body()).startsWith("web|");
        assertThat(evil.requests()).hasSize(1);
    }

    @Test
    void requestsBehindAnUpgradeThatHappenedReachNobody() {
        HttpDevice ws =
                bench.device(
                        "ws",
                        HttpDevice.always(
                                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n"
                                        + "Connection: upgrade\r\n\r\n"));
        HttpDevice web = bench.device("web");
        HttpProxyClient client = bench.client();

        client.send(
                "GET http://ws/ HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
                        + "GET http://web/ HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(client.stream().readToEnd()).isEmpty();
        assertThat(ws.requests()).hasSize(1);
        assertThat(web.requests()).isEmpty();
    }

    private static final String WAITING =
            "POST http://dev/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 5\r\n\r\n";

    @Test
    void theDevicesLeaveToGoOnIsPassedOn() {
        FakeDevice device =
                bench.closing(
                        new FakeDevice(
                                socket -> {
                                    InputStream in = socket.getInputStream();
                                    OutputStream out = socket.getOutputStream();
                                    HttpDevice.readHead(in, 1);
                                    out.write(HttpDevice.latin("HTTP/1.1 100 Continue\r\n\r\n"));
                                    String body =
                                            new String(
                                                    in.readNBytes(5), StandardCharsets.ISO_8859_1);
                                    out.write(HttpDevice.ok("got " + body));
                                    HttpDevice.read(in, 1);
                                    out.write(HttpDevice.ok("again"));
                                }));
        bench.directory().with("dev", device);
        HttpProxyClient client = bench.client().send(WAITING);

        assertThat(client.read().status()).isEqualTo(100);
        assertThat(client.send("hello").read().body()).isEqualTo("got hello");
        assertThat(client.get("http://dev/").body()).isEqualTo("again");
        assertThat(device.connections()).isEqualTo(1);
    }

    @Test
    void aFinalAnswerWithoutLeaveEndsTheConnectionSinceTheBodyMayNotCome() {
        FakeDevice device = bench.closing(new FakeDevice(ConnectAndUpgradeTest::refuse));
        bench.directory().with("dev", device);
        HttpProxyClient client = bench.client().send(WAITING);

        HttpResponse answer = client.read();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Connection")).hasValue("close");
        assertThat(answer.body()).isEqualTo("no");
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void aConsoleThatDoesNotWaitKeepsItsConnection() {
        FakeDevice device = bench.closing(new FakeDevice(ConnectAndUpgradeTest::refuse));
        bench.directory().with("dev", device);
        bench.device("web");
        HttpProxyClient client = bench.client();
        client.send("POST http://dev/ HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\nhello");

        assertThat(client.read().status()).isEqualTo(401);
        client.send("x".repeat(299_995));
        assertThat(client.get("http://web/").body()).startsWith("web|");
    }

    private static void refuse(Socket socket) throws IOException {
        HttpDevice.readHead(socket.getInputStream(), 1);
        socket.getOutputStream()
                .write(
                        HttpDevice.latin(
                                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno"));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Test
    void whoWaitsForLeaveAndIsRefusedByUsGetsACloseWithoutABodyBeingRead() {
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.send(WAITING.replace("dev", "nobody")).read();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Connection")).hasValue("close");
        assertThat(client.stream().hasEnded()).isTrue();
    }
}
