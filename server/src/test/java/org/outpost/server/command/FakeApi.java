package org.outpost.server.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/** A server with the answers that a test gives it, and the data folder of such a server. */
public final class FakeApi implements AutoCloseable {
    /** The token it knows. */
    public static final String TOKEN = "the-token-of-this-test";

    private final HttpsServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String type, Supplier<String> body) {}

    /** A server on a free port of 127.0.0.1. */
    public FakeApi(SSLContext tls) throws IOException {
        server =
                HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::handle);
        server.start();
    }

    /** Writes what a server writes into its data folder: address, CA, token. */
    public void describe(Path dataDirectory, TestAuthority authority) throws Exception {
        Files.createDirectories(dataDirectory);
        authority.write(dataDirectory.resolve("ca.crt"));
        Path token = dataDirectory.resolve("cli.token");
        Files.writeString(token, TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                dataDirectory.resolve("api.json"), "{\"url\":\"" + url() + "\",\"ca\":\"ca.crt\"}");
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it answers to a request line such as {@code GET /api/v1/devices?search=a}. */
    void answer(String request, int status, String body) {
        answer(request, status, () -> body);
    }

    /** The same, made anew for each request. */
    public void answer(String request, int status, Supplier<String> body) {
        String type = status < 300 ? "application/json" : "application/problem+json";
        answers.put(request, new Answer(status, type, body));
    }

    /** The requests so far: method, raw path and query, and the body when there was one. */
    List<String> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(body.isEmpty() ? request : request + " " + body);
            Answer answer = answers.get(request);
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            if (!("Bearer " + TOKEN).equals(token)) {
                send(exchange, new Answer(401, "application/problem+json", () -> "{}"));
            } else {
                send(exchange, answer);
            }
        }
    }

    private static void send(HttpExchange exchange, @Nullable Answer answer) throws IOException {
        if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        byte[] bytes = answer.body().get().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
