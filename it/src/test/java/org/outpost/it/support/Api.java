package org.outpost.it.support;

import org.outpost.testkit.certificate.TlsContexts;
import org.outpost.testkit.process.OutpostConfig;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server's REST API as a program uses it. */
public final class Api {
    private static final int PAGE = 500;

    private final HttpClient client;
    private final URI base;
    private final String token;
    private final JsonMapper json = new JsonMapper();

    Api(OutpostConfig config) {
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(TlsContexts.trusting(config.dataDir().resolve("ca.crt")))
                        .build();
        this.base = URI.create("https://127.0.0.1:%d/api/v1/".formatted(config.webPort()));
        this.token = OutpostProcess.cliToken(config.dataDir());
    }

    /** Gets a path below {@code /api/v1/}. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /** Puts JSON to a path. */
    public HttpResponse<String> put(String path, String body) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts JSON to a path. */
    public HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Deletes a path. */
    public HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).DELETE());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(20))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The JSON at a path. */
    public JsonNode read(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + "\n" + answer.body());
        }
        return json.readTree(answer.body());
    }

    /** All devices, page after page. */
    public List<JsonNode> devices(boolean connected) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        do {
            page =
                    read(
                            "devices?connected=%s&%%24top=%d&%%24skip=%d&%%24count=true"
                                    .formatted(connected, PAGE, all.size()));
            page.path("data").forEach(all::add);
        } while (page.path("data").size() > 0 && all.size() < page.path("totalCount").asInt());
        return all;
    }
}
