package org.outpost.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The management door: metrics and health. */
public final class Management {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    Management(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** The status of a path, or 0 when nobody listens. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return 0;
            }
            throw e;
        }
    }

    /** Whether it says that consoles and devices may come. */
    public boolean ready() {
        try {
            return status("/health/ready") == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** What a path shows. */
    public String body(String path) {
        return get(path).body();
    }

    /** The metrics as text. */
    public String text() {
        return get("/metrics").body();
    }

    /** The metrics. */
    public Metrics metrics() {
        return Metrics.parse(text());
    }

    /** How many tunnels are open. */
    public int tunnels() {
        return (int) metrics().value("outpost_tunnels");
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20)).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
