package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whatever requests a console sends in one go, to whichever devices, and however TCP cuts them:
 * each answer comes from the device that was named, in order, with its body intact.
 */
final class PipelinesPropertyTest {
    private static final int DEVICES = 3;

    private ProxyBench bench = new ProxyBench();

    /** How an answer's end is told. */
    private enum Framing {
        SIZED,
        CHUNKED,
        CLOSED
    }

    /**
     * One request.
     *
     * @param device {@link #DEVICES} for one that is not there
     */
    private record Call(
            int device, boolean chunked, int bodySize, int answerSize, Framing framing) {
        private static final int HEAD_SIZE = 40;

        String request(int index) {
            String body = text(index, bodySize);
            String head =
                    "POST http://pc%d/%d/%d/%s HTTP/1.1\r\nHost: proxy\r\n"
                            .formatted(device, index, answerSize, framing);
            if (!chunked) {
                return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            }
            StringBuilder chunks = new StringBuilder();
            for (int at = 0; at < body.length(); at += HEAD_SIZE) {
                String chunk = body.substring(at, Math.min(body.length(), at + HEAD_SIZE));
                chunks.append(Integer.toHexString(chunk.length())).append("\r\n");
                chunks.append(chunk).append("\r\n");
            }
            return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n";
        }

        void assertAnswer(int index, HttpResponse answer) {
            if (device == DEVICES) {
                assertThat(answer.status()).isEqualTo(502);
                return;
            }
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            "pc" + device + "|" + text(index, bodySize) + text(-index, answerSize));
        }
    }

    private static String text(int seed, int size) {
        StringBuilder text = new StringBuilder(size + 12);
        while (text.length() < size) {
            text.append(seed).append(',').append(text.length()).append("\r\n");
        }
        text.setLength(size);
        return text.toString();
    }

    private static HttpDevice.Behaviour behaviour(int device) {
        return (request, out) -> answer(device, request, out);
    }

    private static void answer(int device, HttpDevice.Request request, OutputStream out)
            throws Exception {
        String[] path = request.line().split("[/ ]", -1);
        int index = Integer.parseInt(path[2]);
        int size = Integer.parseInt(path[3]);
        String body = "pc" + device + "|" + request.text() + text(-index, size);
        switch (Framing.valueOf(path[4])) {
            case SIZED -> out.write(HttpDevice.ok(body));
            case CHUNKED -> {
                out.write(
                        HttpDevice.latin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
                for (int at = 0; at < body.length(); at += 1000) {
                    String chunk = body.substring(at, Math.min(body.length(), at + 1000));
                    out.write(
                            HttpDevice.latin(
                                    Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n"));
                }
                out.write(HttpDevice.latin("0\r\n\r\n"));
            }
            case CLOSED -> {
                out.write(HttpDevice.latin("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body));
                throw new IOException("that was all");
            }
        }
    }

    @BeforeProperty
    void open() {
        bench = new ProxyBench();
        for (int i = 0; i < DEVICES; i++) {
            bench.device("pc" + i, behaviour(i));
        }
    }

    @AfterProperty
    void close() {
        bench.close();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void everyAnswerComesFromTheDeviceThatWasAskedInOrderAndWhole(
            @ForAll("calls") List<Call> calls, @ForAll Random cuts) throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < calls.size(); i++) {
            all.append(calls.get(i).request(i));
        }
        try (HttpProxyClient client = HttpProxyClient.open(bench.address(), ProxyBench.PATIENCE)) {
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(
                            () -> pieces(all.toString(), cuts).forEach(client::send),
                            Thread::startVirtualThread);
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).assertAnswer(i, client.read());
            }
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> pieces(String text, Random cuts) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int most = cuts.nextInt(4) == 0 ? 20_000 : 200;
            int next = Math.min(text.length(), at + 1 + cuts.nextInt(most));
            pieces.add(text.substring(at, next));
            at = next;
        }
        return pieces;
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Integer> sizes =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(0, 70_000));
        return Combinators.combine(
                        Arbitraries.integers().between(0, DEVICES),
                        Arbitraries.of(true, false),
                        sizes,
                        sizes,
                        Arbitraries.of(Framing.class))
                .as(Call::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
