package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Messages that are not what they should be, by mistake or on purpose. */
final class FramingTest {
    private static final String SMUGGLED = "GET http://pc2/smuggled HTTP/1.1\r\nHost: pc2\r\n\r\n";

    private final ProxyBench bench = new ProxyBench();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final HttpDevice pc1 = bench.device("pc1");
    private final HttpDevice pc2 = bench.device("pc2");

    @AfterEach
    void close() {
        bench.close();
    }

    /** What says two things, or something unclear, about where the request ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked|Content-Length: 5",
                "Content-Length: 5|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 0",
                "Content-Length: 5|Content-Length: 6",
                "Content-Length: 5|Content-Length: 5",
                "Content-Length: 5, 5",
                "Content-Length: 5, 6",
                "Content-Length: -1",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 99999999999999999999",
                "Content-Length: five",
                "Content-Length:",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;x=1",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "Content-Length : 5",
                "X: 1\rTransfer-Encoding: chunked",
                "X: \u0000",
                "X: a\u000bb",
                "Trans\u0000fer-Encoding: chunked",
                "NoColonHere",
                ": novalue"
            })
    void anUnclearEndIsRefusedAndNothingBehindItIsRead(String fields) {
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\n"
                        + fields.replace("|", "\r\n")
                        + "\r\n\r\n0\r\n\r\n"
                        + SMUGGLED);

        HttpResponse answer = client.read();
        assertThat(answer.status()).isIn(400, 501);
        assertThat(answer.header("Connection")).hasValue("close");
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(pc1.requests()).isEmpty();
        assertThat(pc2.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 \r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "80000000\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5;\nx\r\nhello\r\n0\r\n\r\n"
            })
    void aBadChunkNeverCompletesARequest(String body) {
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + body
                        + SMUGGLED);
        client.stream().shutdownOutput();
        client.stream().hasEnded();

        assertThat(pc1.requests()).isEmpty();
        assertThat(pc2.requests()).isEmpty();
    }

    @Test
    void aBadChunkIsABadRequest() {
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nhe\r\n");
        client.send("zz\r\n" + SMUGGLED);

        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(pc2.requests()).isEmpty();
    }

    @Test
    void aBadChunkInARefusedRequestEndsTheConnection() {
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://nobody/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "zz\r\n"
                        + SMUGGLED);

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(pc2.requests()).isEmpty();
    }

    @Test
    void http10HasNoTransferCodings() {
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://pc1/ HTTP/1.0\r\nConnection: keep-alive\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + SMUGGLED);

        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "RTSP/1.0"})
    void otherVersionsAreRefusedByCode(String version) {
        HttpProxyClient client = bench.client();

        client.send("GET http://pc1/ " + version + "\r\nHost: pc1\r\n\r\n");

        assertThat(client.read().status()).isIn(400, 505);
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(pc1.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: pc1\r\nHost: pc1\r\n", "Host: pc1\r\nhost: pc2\r\n"})
    void aRequestNeedsExactlyOneHost(String hosts) {
        HttpProxyClient client = bench.client();

        assertThat(client.send("GET http://pc1/ HTTP/1.1\r\n" + hosts + "\r\n").read().status())
                .isEqualTo(400);
        assertThat(client.get("http://pc1/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.htm",
                "*",
                "pc1",
                "pc1:16992",
                "ftp://pc1/",
                "http:///",
                "http://",
                "http:/pc1/",
                "://pc1/",
                "http://pc1:0/",
                "http://pc1:99999/",
                "http://pc1:-5/",
                "http://pc_1:-5/",
                "http://a%zz/",
                "http://pc1@/",
                "http://me:secret@pc1/",
                "http://pc1/\u00e4",
                "http://pc1/\u007f",
                "http://[::1/"
            })
    void aTargetThatIsNoHttpUriIsExplainedAndTheConnectionGoesOn(String target) {
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").read();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Proxy-Status")).hasValue("outpost; error=http_request_error");
        assertThat(answer.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.body()).endsWith(".\n");
        assertThat(client.get("http://pc1/").status()).isEqualTo(200);
        assertThat(bench.directory().asked()).containsExactly("pc1");
    }

    @Test
    void whoTakesUsForAWebServerIsToldThatWeAreAProxy() {
        assertThat(bench.client().send("GET / HTTP/1.1\r\nHost: proxy\r\n\r\n").read().body())
                .contains("proxy for Intel AMT devices, not a web server");
    }

    @Test
    void anHttpsUriIsSentToConnect() {
        assertThat(bench.client().get("https://pc1/").body()).contains("CONNECT");
    }

    @Test
    void theRequestLineHasALimit() {
        HttpProxyClient client = bench.client();
        assertThat(client.get("http://pc1/" + "a".repeat(16_000)).status()).isEqualTo(200);

        client.send("GET http://pc1/" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: pc1\r\n\r\n");

        assertThat(client.read().status()).isEqualTo(414);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void aKerberosTicketOfNearly64KibPasses() {
        String ticket = "Negotiate " + "k".repeat(65_400);

        HttpResponse answer = bench.client().get("http://pc1/", "Authorization: " + ticket);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(pc1.request().field("Authorization")).hasValue(ticket);
    }

    @Test
    void fieldsBeyond64KibAreTooLarge() {
        for (String fields :
                List.of(
                        "X: " + "x".repeat(66_000),
                        ("X: " + "x".repeat(996) + "\r\n").repeat(70))) {
            HttpProxyClient client = bench.client();

            HttpResponse answer = client.get("http://pc1/", fields.strip());

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("65536");
            assertThat(client.stream().hasEnded()).isTrue();
        }
        assertThat(pc1.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n"
            })
    void anAnswerThatIsNotHttpIsABadGateway(String bytes) {
        bench.device("odd", HttpDevice.always(bytes));
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.get("http://odd/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Proxy-Status")).hasValue("outpost; error=http_protocol_error");
        assertThat(client.get("http://pc1/").status()).isEqualTo(200);
    }

    @Test
    void aSecondAnswerToOneRequestIsTakenForNobodysAnswer() {
        HttpDevice chatty =
                bench.device(
                        "chatty",
                        (request, out) ->
                                out.write(
                                        HttpDevice.latin(
                                                "HTTP/1.1 204 One\r\n\r\n"
                                                        + "HTTP/1.1 204 Two\r\n\r\n")));
        HttpProxyClient client = bench.client();

        for (int i = 0; i < 20; i++) {
            assertThat(client.get("http://chatty/").statusLine()).isEqualTo("HTTP/1.1 204 One");
        }
        assertThat(chatty.connections()).isEqualTo(20);
    }

    @Test
    void anAnswerThatNobodyAskedForClosesTheDevicesConnection() {
        HttpDevice late =
                bench.device(
                        "late",
                        (request, out) -> {
                            out.write(HttpDevice.ok("first"));
                            asked.await();
                            out.write(HttpDevice.ok("poison"));
                        });
        HttpProxyClient client = bench.client();
        assertThat(client.get("http://late/").body()).isEqualTo("first");
        asked.countDown();
        await().untilAsserted(() -> assertThat(late.openConnections()).isZero());

        assertThat(client.get("http://late/").body()).isEqualTo("first");
    }

    @Test
    void aFoldedFieldIsUnfoldedAndAFoldedHostRefused() {
        HttpProxyClient client = bench.client();

        client.send("GET http://pc1/ HTTP/1.1\r\nHost: pc1\r\nX: a\r\n  b\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(pc1.request().field("X")).hasValue("a b");

        client.send("GET http://pc1/ HTTP/1.1\r\nHost: pc1\r\n X: b\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(400);
    }
}
