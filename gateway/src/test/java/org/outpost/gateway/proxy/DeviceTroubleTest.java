package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Devices and consoles that leave or fall silent, and what the clocks make of it. */
final class DeviceTroubleTest {
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final ProxyBench bench = new ProxyBench();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        bench.close();
    }

    @Test
    void aDeviceThatClosedWhileIdleIsConnectedToAnew() {
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();
        client.get("http://pc1/");

        pc1.device().dropConnections();
        await().untilAsserted(() -> assertThat(pc1.openConnections()).isZero());

        assertThat(
                        client.send(
                                        "POST http://pc1/ HTTP/1.1\r\nHost: a\r\n"
                                                + "Content-Length: 2\r\n\r\nhi")
                                .read()
                                .body())
                .isEqualTo("pc1|POST / HTTP/1.1|hi");
        assertThat(pc1.connections()).isEqualTo(2);
    }

    /** Answers the first request of each connection; closes when the second has come. */
    private HttpDevice closingAtTheSecond() {
        int[] connection = {0};
        return bench.device(
                "pc1",
                (request, out) -> {
                    if (request.connection() == connection[0]) {
                        throw new IOException("closed");
                    }
                    connection[0] = request.connection();
                    out.write(HttpDevice.ok(request.line()));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void aRequestThatMayBeRepeatedIsSentOnceMore(String method) {
        HttpDevice pc1 = closingAtTheSecond();
        HttpProxyClient client = bench.client();

        client.get("http://pc1/0");
        client.send(method + " http://pc1/1 HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(client.read().body()).isEqualTo(method + " /1 HTTP/1.1");
        assertThat(pc1.requests()).hasSize(3);
        assertThat(pc1.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST http://pc1/1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "PUT http://pc1/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
            })
    void aRequestThatMayHaveHadItsEffectIsNotRepeated(String request) {
        HttpDevice pc1 = closingAtTheSecond();
        HttpProxyClient client = bench.client();

        client.get("http://pc1/0");
        HttpResponse answer = client.send(request).read();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Proxy-Status")).hasValue("outpost; error=connection_terminated");
        assertThat(pc1.requests()).hasSize(2);
        assertThat(client.get("http://pc1/2").status()).isEqualTo(200);
    }

    @Test
    void aDeviceThatClosesAgainIsNotAskedAThirdTime() {
        HttpDevice pc1 =
                bench.device(
                        "pc1",
                        (request, out) -> {
                            if (request.line().contains("/die")) {
                                throw new IOException("closed");
                            }
                            out.write(HttpDevice.ok("alive"));
                        });
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://pc1/die").status()).isEqualTo(502);
        assertThat(pc1.requests()).hasSize(1);
        client.get("http://pc1/");
        assertThat(client.get("http://pc1/die").status()).isEqualTo(502);
        assertThat(pc1.requests()).hasSize(4);
        assertThat(client.get("http://pc1/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n"
            })
    void halfAnAnswerNeverLooksWhole(String half) {
        bench.device(
                "pc1",
                (request, out) -> {
                    out.write(HttpDevice.latin(half));
                    throw new IOException("closed");
                });
        for (int i = 0; i < 10; i++) {
            HttpProxyClient client = bench.client();
            assertThatThrownBy(() -> client.get("http://pc1/"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class);
        }
    }

    @Test
    void halfAnAnswerToAConsoleThatWaitsForTheEndOfTheConnectionIsReset() {
        bench.device(
                "pc1",
                (request, out) -> {
                    out.write(
                            HttpDevice.latin(
                                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                            + "64\r\nhalf"));
                    throw new IOException("closed");
                });
        HttpProxyClient client = bench.client().send("GET http://pc1/ HTTP/1.0\r\n\r\n");

        assertThatThrownBy(client::read).isInstanceOf(UncheckedIOException.class);
    }

    private void clocks(Duration discard, Duration idle, Duration response) {
        bench.reopen(
                FakeSignIn.anybody(),
                ProxyBench.settings(),
                ProxyBench.with(discard, idle, response));
    }

    @Test
    void aDeviceThatNeverAnswersIsReportedInTime() {
        clocks(LONG, LONG, SHORT);
        HttpDevice mute = bench.device("mute", (request, out) -> released.await());
        bench.device("pc1");
        HttpProxyClient client = bench.client();

        HttpResponse answer =
                client.send("POST http://mute/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
                        .read();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.header("Proxy-Status")).hasValue("outpost; error=http_response_timeout");
        assertThat(client.get("http://pc1/").status()).isEqualTo(200);
        assertThat(mute.requests()).hasSize(1);
    }

    @Test
    void aDeviceThatFallsSilentInTheMiddleTruncatesItsAnswer() {
        clocks(LONG, LONG, SHORT);
        bench.device(
                "mute",
                (request, out) -> {
                    out.write(HttpDevice.latin("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
                    released.await();
                });
        HttpProxyClient client = bench.client();

        assertThatThrownBy(() -> client.get("http://mute/"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(EOFException.class);
    }

    @Test
    void aConsoleThatNeverFinishesItsRequestIsToldAndClosed() {
        clocks(LONG, LONG, SHORT);
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();

        client.send("POST http://pc1/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");

        assertThat(client.read().status()).isEqualTo(408);
        assertThat(client.stream().hasEnded()).isTrue();
        await().untilAsserted(() -> assertThat(pc1.openConnections()).isZero());
        assertThat(pc1.requests()).isEmpty();
    }

    @Test
    void theRestOfARefusedRequestIsNotAwaitedForEver() {
        clocks(SHORT, LONG, LONG);
        HttpProxyClient client = bench.client();

        client.send("POST http://nobody/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void anIdleConnectionIsClosedAfterAWhile() {
        clocks(LONG, SHORT, LONG);
        HttpDevice pc1 = bench.device("pc1");
        HttpProxyClient client = bench.client();

        client.get("http://pc1/");

        assertThat(client.stream().hasEnded()).isTrue();
        await().untilAsserted(() -> assertThat(pc1.openConnections()).isZero());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeadThatTricklesInIsEndedByTheDoorsClock(boolean first) throws Exception {
        bench.reopen(FakeSignIn.anybody(), ProxyBench.hasty(), ProxySettings.DEFAULT);
        bench.device("pc1");
        HttpProxyClient client = bench.client();
        if (!first) {
            client.get("http://pc1/");
        }
        client.send("GET http://pc1/ HTTP/1.1\r\nHost: a\r\n");
        CompletableFuture<Void> trickle =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (!released.await(100, TimeUnit.MILLISECONDS)) {
                                    client.send("X: y\r\n");
                                }
                            } catch (InterruptedException | UncheckedIOException e) {
                                // closed, as it should be
                            }
                        },
                        Thread::startVirtualThread);

        assertThat(client.stream().hasEnded()).isTrue();

        released.countDown();
        trickle.get(10, TimeUnit.SECONDS);
        assertThat(bench.count("outpost.door.turned.away", "cause", "handshake_timeout"))
                .isEqualTo(1);
    }

    @Test
    void aSilentConnectionIsEndedByTheDoorsClock() {
        bench.reopen(FakeSignIn.anybody(), ProxyBench.hasty(), ProxySettings.DEFAULT);

        assertThat(bench.client().stream().hasEnded()).isTrue();
    }

    @Test
    void aConsoleThatLeavesTakesItsDevicesConnectionAlong() {
        HttpDevice mute = bench.device("mute", (request, out) -> released.await());
        HttpDevice busy =
                bench.device(
                        "busy",
                        (request, out) -> {
                            out.write(
                                    HttpDevice.latin(
                                            "HTTP/1.1 200 OK\r\n"
                                                    + "Content-Length: 100000000\r\n\r\n"));
                            while (true) {
                                out.write(new byte[10_000]);
                            }
                        });
        HttpDevice idle = bench.device("idle");
        for (HttpDevice device : new HttpDevice[] {mute, busy, idle}) {
            HttpProxyClient client = bench.client();
            String name = device == mute ? "mute" : device == busy ? "busy" : "idle";
            client.send("GET http://" + name + "/ HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(device.requests()).hasSize(1));
            client.close();
        }
        released.countDown();
        await().untilAsserted(
                        () -> {
                            assertThat(bench.open()).isZero();
                            assertThat(mute.openConnections()).isZero();
                            assertThat(busy.openConnections()).isZero();
                            assertThat(idle.openConnections()).isZero();
                        });
    }

    @Test
    void drainingEndsIdleConnectionsAndLetsTheOthersFinish() throws Exception {
        HttpDevice pc1 =
                bench.device(
                        "pc1",
                        (request, out) -> {
                            released.await();
                            out.write(HttpDevice.ok("done"));
                        });
        bench.device("web");
        HttpProxyClient idle = bench.client();
        idle.get("http://web/");
        HttpProxyClient joined = bench.client();
        joined.connect("web:16992");
        HttpProxyClient silent = bench.client();
        HttpProxyClient busy = bench.client().send("GET http://pc1/ HTTP/1.1\r\nHost: a\r\n\r\n");
        await().untilAsserted(() -> assertThat(pc1.requests()).hasSize(1));
        await().until(() -> bench.open() == 4);

        CompletableFuture<Void> drained = bench.door().drain().toCompletableFuture();

        assertThat(idle.stream().hasEnded()).isTrue();
        assertThat(silent.stream().hasEnded()).isTrue();
        assertThat(drained).isNotDone();
        released.countDown();
        HttpResponse last = busy.read();
        assertThat(last.body()).isEqualTo("done");
        assertThat(last.header("Connection")).hasValue("close");
        assertThat(busy.stream().hasEnded()).isTrue();
        assertThat(drained).isNotDone();
        assertThat(joined.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read().status()).isEqualTo(200);
        joined.close();
        busy.close();
        drained.get(10, TimeUnit.SECONDS);
    }
}
