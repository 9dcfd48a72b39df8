package org.outpost.server.web;

import org.outpost.server.configuration.ConfigurationLoader;
import org.outpost.server.serve.OpenDoor;
import org.outpost.server.serve.OutpostServer;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A whole server in this process, on free ports, and a client of its API. */
public final class RunningServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final OutpostServer server;
    private final List<OpenDoor> doors;
    private final SSLContext trust;
    private final HttpClient http;

    /**
     * Starts it.
     *
     * @param more of the configuration; may be empty
     */
    public RunningServer(Path folder, String more) throws Exception {
        this.folder = folder;
        Path file =
                Files.writeString(
                        folder.resolve("outpost.yaml"),
                        """
                        data-dir: data
                        tunnel: { listeners: [{ port: 0, tls: modern, address: 127.0.0.1 }] }
                        http-proxy: { port: 0, address: 127.0.0.1 }
                        socks: { port: 0, address: 127.0.0.1 }
                        management: { port: 0, address: 127.0.0.1 }
                        %s
                        """
                                .formatted(
                                        more.contains("web:")
                                                ? more
                                                : "web: { port: 0, address: 127.0.0.1 }\n" + more));
        server =
                new OutpostServer(
                        new ConfigurationLoader(folder, folder)
                                .load(Optional.of(file), Map.of(), List.of()));
        doors = server.start();
        trust = trusting(folder.resolve("data/ca.crt"));
        http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A file of the data folder. */
    public Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    /** Where the API is. */
    public URI url() {
        return server.url();
    }

    /** Trusts it, and nobody else. */
    public SSLContext trust() {
        return trust;
    }

    /** A client that trusts it. */
    public HttpClient http() {
        return http;
    }

    /** Where devices call in. */
    public InetSocketAddress tunnelDoor() {
        return door("tunnel");
    }

    /** Where the door of this name is. */
    public InetSocketAddress door(String name) {
        return doors.stream()
                .filter(door -> door.name().equals(name))
                .findFirst()
                .orElseThrow()
                .addresses()
                .getFirst();
    }

    /** What commands on this machine show. */
    public String localToken() throws IOException {
        return Files.readString(data("cli.token")).strip();
    }

    /** An answer. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    /**
     * Calls the API.
     *
     * @param token empty for none
     * @param body JSON; empty for none
     * @param headers names and values in turn
     */
    public Answer call(String method, String path, String token, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.url().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = send(request.build());
        JsonNode json;
        try {
            json = JSON.readTree(response.body().isEmpty() ? "null" : response.body());
        } catch (JacksonException e) {
            json = JSON.readTree("null");
        }
        return new Answer(response.statusCode(), json, response);
    }

    /** A kept connection may be closed just as it is used again; a new one answers. */
    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** The token of a user who signs in. */
    public String signIn(String user, String password) throws IOException, InterruptedException {
        Answer answer =
                call(
                        "POST",
                        "/api/v1/authorize",
                        "",
                        JSON.writeValueAsString(Map.of("username", user, "password", password)));
        if (answer.status() != 200) {
            throw new IllegalStateException(
                    "not signed in: " + answer.status() + " " + answer.body());
        }
        return answer.body().get("token").asString();
    }

    @Override
    public void close() {
        http.close();
        server.stop();
    }
}
