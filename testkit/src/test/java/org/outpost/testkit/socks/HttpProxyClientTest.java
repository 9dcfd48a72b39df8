package org.outpost.testkit.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.outpost.testkit.socks.ScriptedServer.hex;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

class HttpProxyClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void responsesWithALengthFollowEachOther() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< "
                                        + hex(
                                                crlf(
                                                        "GET http://a:16992/x HTTP/1.1",
                                                        "Host: a:16992",
                                                        "",
                                                        "")),
                                "> " + hex(crlf("HTTP/1.1 200 OK", "Content-Length: 3", "", "one")),
                                "< "
                                        + hex(
                                                crlf(
                                                        "GET http://b/ HTTP/1.1",
                                                        "Host: b",
                                                        "Connection: close",
                                                        "",
                                                        "")),
                                "> " + hex(crlf("HTTP/1.1 404 Not Found", "", "until the end")));
                HttpProxyClient client = HttpProxyClient.open(server.address(), PATIENCE)) {
            HttpResponse first = client.get("http://a:16992/x");
            HttpResponse second = client.get("http://b/", "Connection: close");

            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("one");
            assertThat(first.header("content-length")).contains("3");
            assertThat(second.status()).isEqualTo(404);
            assertThat(second.body()).isEqualTo("until the end");
            server.join();
        }
    }

    @Test
    void chunksAreJoinedAndTrailersKept() throws IOException {
        try (HttpProxyClient client =
                answering(
                        crlf(
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "",
                                "5",
                                "hello",
                                "6;x=y",
                                " world",
                                "0",
                                "X-Sum: 1",
                                "",
                                "HTTP/1.1 204 No Content",
                                "",
                                ""))) {
            HttpResponse response = client.read();

            assertThat(response.body()).isEqualTo("hello world");
            assertThat(response.header("X-Sum")).contains("1");
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @Test
    void interimAndHeadResponsesHaveNoBody() throws IOException {
        try (HttpProxyClient client =
                answering(
                        crlf(
                                "HTTP/1.1 100 Continue",
                                "",
                                "HTTP/1.1 200 OK",
                                "Content-Length: 10",
                                "",
                                "HTTP/1.1 502 Bad Gateway",
                                "Content-Length: 0",
                                "",
                                ""))) {
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.readAfter("HEAD").body()).isEmpty();
            assertThat(client.read().status()).isEqualTo(502);
        }
    }

    @Test
    void connectOpensAStream() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                "< "
                                        + hex(
                                                crlf(
                                                        "CONNECT d:16993 HTTP/1.1",
                                                        "Host: d:16993",
                                                        "Proxy-Authorization: Basic YTpi",
                                                        "",
                                                        "")),
                                "> "
                                        + hex(
                                                crlf(
                                                        "HTTP/1.1 200 Connection established",
                                                        "",
                                                        "early")),
                                "< " + hex("ping"));
                HttpProxyClient client = HttpProxyClient.open(server.address(), PATIENCE)) {
            HttpResponse response =
                    client.connect(
                            "d:16993", "Proxy-Authorization: " + HttpProxyClient.basic("a", "b"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(client.stream().read(5)).asString().isEqualTo("early");
            client.stream().send("ping");
            server.join();
        }
    }

    @Test
    void ambiguousAndBrokenResponsesAreErrors() throws IOException {
        try (HttpProxyClient client =
                answering(
                        crlf(
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "Content-Length: 3",
                                "",
                                "0",
                                "",
                                ""))) {
            assertThatThrownBy(client::read).hasMessageContaining("two lengths");
        }
        try (HttpProxyClient client = answering(crlf("SSH-2.0-x", ""))) {
            assertThatThrownBy(client::read).hasMessageContaining("not a status line: SSH-2.0-x");
        }
        try (HttpProxyClient client =
                answering(crlf("HTTP/1.1 200 OK", "Content-Length: 30", "", "short"))) {
            assertThatThrownBy(client::read)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("5 of 30 bytes");
        }
    }

    private static HttpProxyClient answering(String text) throws IOException {
        try (ScriptedServer server = new ScriptedServer("> " + hex(text))) {
            HttpProxyClient client = HttpProxyClient.open(server.address(), PATIENCE);
            server.join();
            return client;
        }
    }

    private static String crlf(String... lines) {
        return String.join("\r\n", lines);
    }
}
