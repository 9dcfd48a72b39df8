package org.outpost.inventory.notification.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A subscriber that notes what it is sent, and answers as the test wants. */
final class Hook implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Answer answer = _ -> new Reply(204, "");

    record Request(String contentType, String soapAction, String authorization, String body) {
        JsonNode json() {
            return JsonMapper.builder().build().readTree(body);
        }
    }

    record Reply(int status, String body, Map<String, String> fields) {
        /** 200 with a body that goes on for as long as somebody reads. */
        static final Reply ENDLESS = new Reply(200, "without end");

        Reply(int status, String body) {
            this(status, body, Map.of());
        }
    }

    interface Answer {
        Reply to(Request request) throws Exception;
    }

    Hook() throws IOException {
        this(0);
    }

    Hook(int port) throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request =
                    new Request(
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            exchange.getRequestHeaders().getFirst("SOAPAction"),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            body);
            Reply reply;
            try {
                reply = answer.to(request);
            } catch (Exception e) {
                return;
            }
            if (reply.status() / 100 == 2) {
                requests.add(request);
            }
            if (reply.equals(Reply.ENDLESS)) {
                withoutEnd(exchange);
            }
            reply.fields().forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Ends by the failure to write, when nobody listens any more. */
    private static void withoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] some = new byte[8192];
        while (true) {
            exchange.getResponseBody().write(some);
        }
    }

    void answers(Answer other) {
        answer = other;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/events?key=secret");
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What it acknowledged. */
    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
