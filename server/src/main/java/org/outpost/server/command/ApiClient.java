package org.outpost.server.command;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/**
 * Calls to the API of one server. It trusts the given authority alone and checks the host name, or
 * trusts the one certificate of that server; it asks no proxy: the token goes to that server or
 * nowhere.
 */
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** The server asks a device up to eight times, at most 30 s each unless configured longer. */
    private static final Duration DEVICE_ANSWER = Duration.ofMinutes(5);

    private final URI server;
    private final AccessToken token;
    private final ApiFailures failures;
    private final SSLContext trust;
    private final HttpClient http;
    private final Duration patience;
    private final JsonMapper json = new JsonMapper();

    /**
     * A client; it connects when it is first asked something.
     *
     * @throws CommandFailedException when the CA's certificate cannot be read
     */
    public ApiClient(ApiLocation location, AccessToken token) throws CommandFailedException {
        this.server = location.url();
        this.token = token;
        this.failures = new ApiFailures(location, token.origin());
        this.trust = ServerTrust.of(location);
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        this.patience = ANSWER;
    }

    private ApiClient(ApiClient other, Duration patience) {
        this.server = other.server;
        this.token = other.token;
        this.failures = other.failures;
        this.trust = other.trust;
        this.http = other.http;
        this.patience = patience;
    }

    /**
     * The same client, but with patience for answers for which the server has to ask a device. The
     * two share their connections: closing one closes both.
     */
    ApiClient asksDevices() {
        return new ApiClient(this, DEVICE_ANSWER);
    }

    /** Where the server is. */
    public URI server() {
        return server;
    }

    /** Trusts that server and no other. */
    public SSLContext trust() {
        return trust;
    }

    /** A path below {@code /api/v1} of these segments, each escaped as it needs. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder("/api/v1");
        for (String segment : segments) {
            path.append('/').append(escaped(segment));
        }
        return path.toString();
    }

    /**
     * Reads a document.
     *
     * @param query names and values, not yet escaped
     * @throws ApiProblemException when the server says no
     * @throws CommandFailedException when it cannot be asked
     */
    public JsonNode get(String path, Map<String, String> query) throws CommandFailedException {
        return document(path, send("GET", withQuery(path, query), ""));
    }

    /** Reads an array; otherwise as {@link #get}. */
    JsonNode list(String path) throws CommandFailedException {
        return parsed(path, send("GET", path, ""), JsonNode::isArray);
    }

    private static String withQuery(String path, Map<String, String> query) {
        String parameters =
                query.entrySet().stream()
                        .map(entry -> escaped(entry.getKey()) + "=" + escaped(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? path : path + "?" + parameters;
    }

    /** Makes something, and reads what was made; failures as with {@link #get}. */
    public JsonNode post(String path, Map<String, ?> document) throws CommandFailedException {
        return document(path, send("POST", path, json.writeValueAsString(document)));
    }

    private JsonNode document(String path, String body) throws CommandFailedException {
        return parsed(path, body, JsonNode::isObject);
    }

    private JsonNode parsed(String path, String body, Predicate<JsonNode> form)
            throws CommandFailedException {
        try {
            JsonNode document = json.readTree(body);
            if (form.test(document)) {
                return document;
            }
        } catch (JacksonException _) {
            // Told below, as any other document that is none of ours.
        }
        throw failures.notUnderstood(path);
    }

    /** The document as a record; the server is not ours when it does not fit. */
    public <T> T read(JsonNode document, Class<T> type) throws CommandFailedException {
        try {
            return json.treeToValue(document, type);
        } catch (JacksonException _) {
            throw failures.notUnderstood("");
        }
    }

    /**
     * Reads a stream of events until it ends.
     *
     * @param lastId where to go on; less than 0 for now
     * @param each takes each line of the stream
     * @throws ApiProblemException when the server says no
     * @throws CommandFailedException when it cannot be asked, or the stream breaks
     */
    public void follow(String path, long lastId, Consumer<String> each)
            throws CommandFailedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .header("Authorization", token.header())
                        .header("Accept", "text/event-stream, application/problem+json");
        if (lastId >= 0) {
            request.header("Last-Event-ID", Long.toString(lastId));
        }
        try {
            HttpResponse<Stream<String>> response =
                    http.send(request.build(), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() >= 300) {
                    throw failures.of(
                            response.statusCode(), lines.collect(Collectors.joining("\n")));
                }
                lines.forEach(each);
            }
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw failures.of(cause == null ? new IOException(e) : cause);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    /** Replaces a document; failures as with {@link #get}. */
    public void put(String path, Map<String, ?> document) throws CommandFailedException {
        send("PUT", path, json.writeValueAsString(document));
    }

    /** Replaces a document, and reads what came of it; failures as with {@link #get}. */
    public JsonNode replace(String path, Map<String, ?> document) throws CommandFailedException {
        return document(path, send("PUT", path, json.writeValueAsString(document)));
    }

    /**
     * Sends a file, however long; failures as with {@link #get}.
     *
     * @throws CommandFailedException also when the file cannot be read
     */
    public JsonNode upload(String path, Path file) throws CommandFailedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(server + path))
                            .header("Authorization", token.header())
                            .header("Accept", "application/json, application/problem+json")
                            .header("Content-Type", "application/octet-stream")
                            .PUT(BodyPublishers.ofFile(file))
                            .build();
            HttpResponse<String> response =
                    http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() >= 300) {
                throw failures.of(response.statusCode(), response.body());
            }
            return document(path, response.body());
        } catch (FileNotFoundException e) {
            throw new CommandFailedException("cannot read the file " + file, e);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    /** Changes a part of a document, and reads what it is now; failures as with {@link #get}. */
    public JsonNode patch(String path, Map<String, ?> document) throws CommandFailedException {
        return document(path, send("PATCH", path, json.writeValueAsString(document)));
    }

    /**
     * Copies an answer of any length.
     *
     * @param query names and values, not yet escaped
     * @throws ApiProblemException when the server says no
     * @throws CommandFailedException when it cannot be asked, or the answer breaks off
     */
    public void copy(String path, Map<String, String> query, OutputStream to)
            throws CommandFailedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + withQuery(path, query)))
                        .header("Authorization", token.header())
                        .header("Accept", "*/*")
                        .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() >= 300) {
                    throw failures.of(
                            response.statusCode(),
                            new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
                body.transferTo(to);
            }
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    /** Takes something away; failures as with {@link #get}. */
    public void delete(String path) throws CommandFailedException {
        send("DELETE", path, "");
    }

    /** The same, where the body says what; failures as with {@link #get}. */
    void delete(String path, Map<String, ?> document) throws CommandFailedException {
        send("DELETE", path, json.writeValueAsString(document));
    }

    private String send(String method, String path, String body) throws CommandFailedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(patience)
                        .header("Authorization", token.header())
                        .header("Accept", "application/json, application/problem+json");
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response =
                    http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() >= 300) {
                throw failures.of(response.statusCode(), response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
