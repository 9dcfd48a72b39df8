package org.outpost.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A subscriber over HTTP that keeps what it acknowledged, with the time it came. */
public final class Hook implements Closeable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration slowness;
    private final List<Receipt> receipts = new ArrayList<>();

    /**
     * An event that came.
     *
     * @param at when the request was read
     */
    public record Receipt(JsonNode event, Instant at) {
        /** {@code connected}, {@code disconnected} … */
        public String type() {
            String type = event.path("type").asString();
            return type.substring(type.lastIndexOf('.') + 1);
        }

        /** The device's UUID. */
        public String device() {
            return event.path("subject").asString();
        }

        /** Its place in the log. */
        public long sequence() {
            return event.path("data").path("sequence").asLong();
        }

        /** The same for each delivery. */
        public String id() {
            return event.path("id").asString();
        }

        private Instant told() {
            return Instant.parse(event.path("recordedtime").asString());
        }

        /** Whether it could be told in that time. */
        public boolean toldBetween(Instant from, Instant to) {
            return !told().isBefore(from) && told().isBefore(to);
        }

        /** From the moment it could be told to its arrival. */
        public Duration delay() {
            return Duration.between(told(), at);
        }
    }

    private Hook(int port, Duration slowness) {
        this.slowness = slowness;
        try {
            server = HttpServer.create(new InetSocketAddress(ServerSetup.loopback4(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** A subscriber on a port that answers at once. */
    public static Hook on(int port) {
        return new Hook(port, Duration.ZERO);
    }

    /** A subscriber that takes so long for each answer. */
    public static Hook slow(int port, Duration slowness) {
        return new Hook(port, slowness);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Instant now = Instant.now();
            if (!slowness.isZero()) {
                try {
                    Thread.sleep(slowness);
                } catch (InterruptedException e) {
                    return;
                }
            }
            JsonNode document = JSON.readTree(body);
            synchronized (receipts) {
                if (document.isArray()) {
                    document.forEach(event -> receipts.add(new Receipt(event, now)));
                } else {
                    receipts.add(new Receipt(document, now));
                }
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** What it acknowledged, in the order of arrival. */
    public List<Receipt> receipts() {
        synchronized (receipts) {
            return List.copyOf(receipts);
        }
    }

    /** How many it acknowledged. */
    public int count() {
        synchronized (receipts) {
            return receipts.size();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
