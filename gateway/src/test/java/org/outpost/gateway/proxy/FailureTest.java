package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What a console gets to see when its device cannot be reached: a status and a plain reason. */
final class FailureTest {
    private static final UUID TWIN = UUID.randomUUID();

    private final ProxyBench bench = new ProxyBench();

    @BeforeEach
    void devices() throws IOException {
        bench.reopen(FakeSignIn.anybody(), ProxyBench.hasty(), ProxySettings.DEFAULT);
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        bench.device("web");
        bench.directory()
                .with("offline", new Resolution.Offline(UUID.randomUUID(), "offline"))
                .with(
                        "twin",
                        new Resolution.Ambiguous(
                                List.of(
                                        new Resolution.Candidate(TWIN, "twin.a.test", true),
                                        new Resolution.Candidate(
                                                UUID.randomUUID(), "twin\r\nX: y", false))))
                .with("10.0.0.1", new Resolution.NotAllowed("No device announced this address"))
                .with("closed", reachable(bench.directory().routeTo(unused)))
                .with("silent", reachable((_, _) -> new EmbeddedChannel().newPromise()))
                .with(
                        "gone",
                        reachable(
                                (_, _) ->
                                        new EmbeddedChannel()
                                                .newFailedFuture(new ClosedChannelException())))
                .with("lost", CompletableFuture::new)
                .with("broken", () -> CompletableFuture.failedStage(new IOException("disk")));
    }

    private static Resolution reachable(Route route) {
        return new Resolution.Reachable(UUID.randomUUID(), "device", route);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 502, destination_not_found, No device that you may see is called nobody",
        "twin, 409, destination_not_found, Several devices are called twin",
        "offline, 503, destination_unavailable, not connected now",
        "closed, 502, connection_refused, refused port 16992",
        "silent, 504, connection_timeout, did not answer in time",
        "gone, 503, destination_unavailable, not connected now",
        "lost, 503, proxy_internal_error, try again in a few seconds",
        "broken, 503, proxy_internal_error, try again in a few seconds",
        "10.0.0.1, 403, http_request_denied, No device announced this address",
        "web:22, 403, http_request_denied, Port 22 may not be reached here"
    })
    void everyFailureHasAStatusAndAReasonAndTheConnectionGoesOn(
            String device, int status, String error, String reason) {
        HttpProxyClient client = bench.client();
        String body = "x".repeat(200_000);

        expect(client.get("http://" + device + "/"), status, error, reason);
        client.send(
                "POST http://"
                        + device
                        + "/ HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n"
                        + body);
        expect(client.read(), status, error, reason);
        HttpResponse connect = client.connect(device.indexOf(':') < 0 ? device + ":16992" : device);
        expect(connect, status, error, reason);

        assertThat(client.get("http://web/").body()).startsWith("web|");
        assertThat(client.get("http://web/").body()).startsWith("web|");
    }

    private static void expect(HttpResponse answer, int status, String error, String reason) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Proxy-Status")).hasValue("outpost; error=" + error);
        assertThat(answer.body()).contains(reason);
        assertThat(answer.header("Connection")).isEmpty();
        assertThat(answer.header("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void theCandidatesOfAnAmbiguousNameAreListedAndHarmless() {
        HttpResponse answer = bench.client().get("http://twin/");

        assertThat(answer.body())
                .contains(TWIN + " twin.a.test (connected)")
                .contains("twin\\u000d\\u000aX: y (not connected)");
        assertThat(answer.header("X")).isEmpty();
    }

    @Test
    void theReasonOutlivesABodyThatIsStillComing() {
        for (int i = 0; i < 10; i++) {
            HttpProxyClient client = bench.client();
            client.send(
                    "POST http://nobody/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + "Content-Length: 1000000\r\n\r\n");
            client.send("x".repeat(400_000));

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(client.stream().hasEnded()).isTrue();
        }
    }

    @Test
    void aBodyTooLongToThrowAwayEndsTheConnectionAfterTheReason() {
        HttpProxyClient client = bench.client();
        client.send("POST http://nobody/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
        client.send("x".repeat(3_000_000));

        assertThat(client.read().status()).isEqualTo(502);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void failuresAreCountedByTheirCause() {
        bench.client().get("http://nobody/");
        bench.client().get("http://offline/");

        // The answer is on its way before it is counted.
        await().untilAsserted(
                        () -> {
                            assertThat(bench.count("outpost.door.connects", "outcome", "unknown"))
                                    .isEqualTo(1);
                            assertThat(bench.count("outpost.door.connects", "outcome", "offline"))
                                    .isEqualTo(1);
                        });
    }
}
