package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Resolution;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** Requests by absolute URI: which device gets which bytes, and who gets the answer. */
final class ForwardingTest {
    private final ProxyBench bench = new ProxyBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aGetByAbsoluteUriReachesTheDeviceInOriginForm() {
        HttpDevice pc1 = bench.device("pc1");

        HttpResponse answer = bench.client().get("http://pc1:16992/index.htm?a=b#top");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("pc1|GET /index.htm?a=b HTTP/1.1|");
        assertThat(pc1.request().field("Host")).hasValue("pc1:16992");
        assertThat(bench.directory().asked()).containsExactly("pc1");
    }

    @Test
    void aUriWithoutPathAsksForTheRootAndOptionsForTheDeviceItself() {
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();

        client.get("http://pc1");
        client.get("http://pc1?x=1");
        client.send("OPTIONS http://pc1 HTTP/1.1\r\nHost: pc1\r\n\r\n").read();
        client.send("OPTIONS http://pc1/ HTTP/1.1\r\nHost: pc1\r\n\r\n").read();

        assertThat(pc1.requests())
                .extracting(HttpDevice.Request::line)
                .containsExactly(
                        "GET / HTTP/1.1",
                        "GET /?x=1 HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "OPTIONS / HTTP/1.1");
    }

    @Test
    void aBodyOfKnownLengthArrivesIntact() {
        HttpDevice pc1 = bench.device("pc1");
        String body = "x".repeat(100_000);

        HttpResponse answer =
                bench.client()
                        .send(
                                "POST http://pc1/wsman HTTP/1.1\r\nHost: pc1\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                        .read();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(pc1.request().text()).isEqualTo(body);
        assertThat(pc1.request().field("Transfer-Encoding")).isEmpty();
    }

    @Test
    void aChunkedBodyArrivesIntactAndChunked() {
        HttpDevice pc1 = bench.device("pc1");

        HttpResponse answer =
                bench.client()
                        .send(
                                "POST http://pc1/wsman HTTP/1.1\r\n"
                                        + "Host: pc1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "5;ext=1\r\nhello\r\n7\r\n, world\r\n0\r\n"
                                        + "Proxy-Authorization: Basic eDp5\r\nX-Sum: 12\r\n\r\n")
                        .read();

        assertThat(answer.body()).isEqualTo("pc1|POST /wsman HTTP/1.1|hello, world");
        assertThat(pc1.request().field("Transfer-Encoding")).hasValue("chunked");
        assertThat(pc1.request().field("X-Sum")).hasValue("12");
        assertThat(pc1.request().field("Proxy-Authorization")).isEmpty();
    }

    @Test
    void requestsOfOneConnectionToOneDeviceShareADevicesConnection() {
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();

        for (int i = 0; i < 5; i++) {
            assertThat(client.get("http://pc1/" + i).body())
                    .isEqualTo("pc1|GET /" + i + " HTTP/1.1|");
        }
        client.get("http://PC1:16992/");

        assertThat(pc1.connections()).isEqualTo(1);
    }

    @Test
    void eachRequestOfAConnectionReachesTheDeviceThatItNames() {
        HttpDevice pc1 = bench.device("pc1");
        HttpDevice pc2 = bench.device("pc2");
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://pc1/").body()).startsWith("pc1|");
        assertThat(client.get("http://pc2/").body()).startsWith("pc2|");
        await().untilAsserted(() -> assertThat(pc1.openConnections()).isZero());
        assertThat(client.get("http://pc1/").body()).startsWith("pc1|");
        assertThat(client.get("http://pc1:16993/").body()).startsWith("pc1|");

        assertThat(pc1.connections()).isEqualTo(3);
        assertThat(pc2.connections()).isEqualTo(1);
    }

    /** A computer is renamed, another gets its old name: the console's connection outlives that. */
    @Test
    void aNameThatPassedToAnotherDeviceLeadsThereAtOnce() {
        HttpDevice before = bench.device("pc1", HttpDevice.named("before"));
        HttpProxyClient client = bench.client();
        assertThat(client.get("http://pc1/").body()).startsWith("before|");

        bench.device("pc1", HttpDevice.named("after"));

        assertThat(client.get("http://pc1/").body()).startsWith("after|");
        await().untilAsserted(() -> assertThat(before.openConnections()).isZero());
    }

    /** What leads to the device is what counts: whichever of its names is used. */
    @Test
    void aDeviceKeepsItsChannelUnderAllOfItsNames() {
        HttpDevice pc1 = bench.device("pc1");
        CompletionStage<Resolution> found =
                bench.directory().resolve("pc1", new Console("", new InetSocketAddress(0)));
        bench.directory().with("pc1.example.test", () -> found);
        HttpProxyClient client = bench.client();

        client.get("http://pc1/");
        client.get("http://pc1.example.test/");

        assertThat(pc1.connections()).isEqualTo(1);
    }

    @Test
    void theHostFieldDoesNotDecideWhichDeviceIsMeant() {
        HttpDevice pc1 = bench.device("pc1");
        bench.device("pc2");

        HttpResponse answer =
                bench.client().send("GET http://pc1/ HTTP/1.1\r\nHost: pc2\r\n\r\n").read();

        assertThat(answer.body()).startsWith("pc1|");
        assertThat(pc1.request().fields("Host")).containsExactly("pc1");
    }

    @Test
    void consolesNeverShareADevicesConnection() {
        HttpDevice pc1 = bench.device("pc1");

        bench.client().get("http://pc1/");
        bench.client().get("http://pc1/");

        assertThat(pc1.connections()).isEqualTo(2);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        bench.device("pc1");
        bench.device("pc2");
        bench.device("slow", ForwardingTest::late);
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {"slow", "pc1", "pc2", "pc2", "nobody", "pc1"}) {
            all.append("GET http://").append(name).append("/ HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        HttpProxyClient client = bench.client().send(all.toString());

        assertThat(client.read().body()).isEqualTo("late");
        assertThat(client.read().body()).startsWith("pc1|");
        assertThat(client.read().body()).startsWith("pc2|");
        assertThat(client.read().body()).startsWith("pc2|");
        assertThat(client.read().status()).isEqualTo(502);
        assertThat(client.read().body()).startsWith("pc1|");
    }

    @Test
    void thousandsOfPipelinedRequestsThatWeAnswerOurselvesNeedNoStack() {
        HttpProxyClient client =
                bench.client().send("GET / HTTP/1.1\r\nHost:a\r\n\r\n".repeat(2500));

        for (int i = 0; i < 2500; i++) {
            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void fieldsOfThisHopAloneStayHere() {
        HttpDevice pc1 =
                bench.device(
                        "pc1",
                        HttpDevice.always(
                                """
                                HTTP/1.1 200 OK\r
                                Content-Length: 2\r
                                Connection: X-Hop, keep-alive\r
                                X-Hop: 1\r
                                Keep-Alive: timeout=5\r
                                Proxy-Authenticate: Basic realm="evil"\r
                                Proxy-Connection: close\r
                                Proxy-Authentication-Info: x\r
                                Trailer: X\r
                                X-End: 1\r
                                \r
                                ok\
                                """));
        HttpResponse answer =
                bench.client()
                        .get(
                                "http://pc1/",
                                "Proxy-Authorization: Basic YWxpY2U6c2VjcmV0",
                                "proxy-connection: keep-alive",
                                "Connection: close, X-Hop ,Content-Length, Authorization, Host",
                                "X-Hop: 1",
                                "x-hop: 2",
                                "TE: trailers",
                                "Keep-Alive: 300",
                                "Upgrade: h2c",
                                "Authorization: Digest username=\"admin\"",
                                "X-End: 1");

        assertThat(pc1.request().fields())
                .containsExactly(
                        "Host: pc1", "Authorization: Digest username=\"admin\"", "X-End: 1");
        assertThat(answer.headerLines())
                .extracting(line -> line.toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(
                        "content-length: 2", "x-end: 1", "connection: close", "via: 1.1 outpost");
        assertThat(answer.body()).isEqualTo("ok");
    }

    @Test
    void anAnswerToHeadHasNoBodyWhateverLengthItAnnounces() {
        bench.device("pc1", HttpDevice.always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
        HttpProxyClient client = bench.client();

        for (int i = 0; i < 2; i++) {
            HttpResponse answer =
                    client.send("HEAD http://pc1/ HTTP/1.1\r\nHost: pc1\r\n\r\n").readAfter("HEAD");
            assertThat(answer.header("Content-Length")).hasValue("1000");
        }
        HttpResponse ours = client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").readAfter("HEAD");
        assertThat(ours.status()).isEqualTo(400);
        assertThat(client.get("http://nobody/").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answersWithoutBodyEndWithTheirHead(String status) {
        HttpDevice pc1 =
                bench.device(
                        "pc1", HttpDevice.always("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\n\r\n"));
        HttpProxyClient client = bench.client();

        for (int i = 0; i < 2; i++) {
            HttpResponse answer = client.get("http://pc1/");
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(answer.header("Transfer-Encoding")).isEmpty();
        }
        assertThat(pc1.connections()).isEqualTo(1);
    }

    @Test
    void aResetContentWithoutLengthEnds() {
        bench.device(
                "pc1",
                HttpDevice.always(
                        "HTTP/1.1 205 Reset Content\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "0\r\n\r\n"));

        assertThat(bench.client().get("http://pc1/").status()).isEqualTo(205);
    }

    @Test
    void interimAnswersArePassedOnBeforeTheFinalOne() {
        bench.device(
                "pc1",
                HttpDevice.always(
                        "HTTP/1.1 102 Processing\r\nX-A: 1\r\n\r\n"
                                + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://pc1/").status()).isEqualTo(102);
        assertThat(client.read().header("Link")).hasValue("</a>");
        assertThat(client.read().body()).isEqualTo("ok");
        client.send("GET http://pc1/ HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n");
        assertThat(client.read().body()).isEqualTo("ok");
    }

    @Test
    void anAnswerThatEndsWithTheConnectionIsChunkedForTheConsole() {
        HttpDevice pc1 = bench.device("pc1", ForwardingTest::untilClose);
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.get("http://pc1/");

        assertThat(answer.header("Transfer-Encoding")).hasValue("chunked");
        assertThat(answer.body()).isEqualTo("all of it");
        assertThat(client.get("http://pc1/").body()).isEqualTo("all of it");
        assertThat(pc1.connections()).isEqualTo(2);
    }

    @Test
    void aConsoleOfHttp10GetsTheEndOfTheConnectionInstead() {
        bench.device("pc1", ForwardingTest::untilClose);
        bench.device(
                "pc2",
                HttpDevice.always(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "4\r\nall \r\n5\r\nof it\r\n0\r\n\r\n"));
        for (String name : new String[] {"pc1", "pc2"}) {
            HttpResponse answer =
                    bench.client()
                            .send(
                                    "GET http://"
                                            + name
                                            + "/ HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n")
                            .read();

            assertThat(answer.header("Transfer-Encoding")).isEmpty();
            assertThat(answer.header("Connection")).hasValue("close");
            assertThat(answer.body()).isEqualTo("all of it");
        }
    }

    private static void untilClose(HttpDevice.Request request, OutputStream out)
            throws IOException {
        out.write(HttpDevice.latin("HTTP/1.0 200 OK\r\n\r\nall of it"));
        throw new IOException("that was all");
    }

    /** In pieces, each after a while. */
    private static void late(HttpDevice.Request request, OutputStream out) throws IOException {
        for (byte one : HttpDevice.ok("late")) {
            LockSupport.parkNanos(1_000_000);
            out.write(one);
        }
    }

    @Test
    void aConsoleOfHttp10KeepsItsConnectionWhenItAsksTo() {
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();

        HttpResponse first =
                client.send("GET http://pc1/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").read();
        HttpResponse second = client.send("GET http://pc1/ HTTP/1.0\r\n\r\n").read();

        assertThat(first.header("Connection")).hasValue("keep-alive");
        assertThat(second.header("Connection")).hasValue("close");
        assertThat(client.stream().hasEnded()).isTrue();
        assertThat(pc1.requests())
                .extracting(HttpDevice.Request::line)
                .containsOnly("GET / HTTP/1.1");
    }

    @Test
    void aConnectionThatSaysCloseIsClosedAfterItsAnswer() {
        bench.device("pc1");
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.get("http://pc1/", "Connection: close");

        assertThat(answer.header("Connection")).hasValue("close");
        assertThat(client.stream().hasEnded()).isTrue();
    }
}
