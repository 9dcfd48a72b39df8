package org.outpost.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer.Answer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every route of the API, as its own description tells it: it is described, it is closed to whoever
 * may not use it, and no request makes it fail.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RoutesTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String DEVICE = "4c4c4544-005a-3510-8047-b4c04f564433";

    /** What is never told again after it was made, or never at all. */
    private List<String> secrets = List.of();

    private RunningServer server;
    private String local;
    private List<Route> routes;

    record Route(String method, String path, JsonNode description) {
        boolean isOpen() {
            JsonNode security = description.get("security");
            return security != null && security.isEmpty();
        }

        boolean needsARight() {
            return description.has("x-outpost-right");
        }

        boolean takesABody() {
            return !method.equals("GET") && !method.equals("DELETE");
        }

        boolean isAStream() {
            return path.equals("/api/v1/events");
        }

        /** The path with these values for its variables. */
        String at(String value) {
            return path.replaceAll("\\{[^}]+}", URLEncoder.encode(value, StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RunningServer(folder, "");
        local = server.localToken();
        Answer description = server.call("GET", "/api/v1/openapi.json", local, "");
        assertThat(description.status()).isEqualTo(200);
        assertThat(description.body().get("openapi").asString()).startsWith("3.1");
        routes = new ArrayList<>();
        description
                .body()
                .get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        routes.add(
                                                                new Route(
                                                                        method.getKey()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        method.getValue()))));
        for (String name : new String[] {"nil", "all"}) {
            String grants =
                    name.equals("nil") ? "[]" : "[{\"role\":\"administrator\",\"tenant\":\"*\"}]";
            server.call(
                    "POST",
                    "/api/v1/users",
                    local,
                    "{\"name\":\"%s\",\"password\":\"%s\",\"grants\":%s}"
                            .formatted(name, PASSWORD, grants));
        }
        secrets =
                List.of(
                        local,
                        PASSWORD,
                        Files.readAllLines(server.data("first-admin")).getFirst(),
                        Files.readString(server.data("secret.key")).strip(),
                        "$argon2id$");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<String> written() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.outpost.server.web")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(RestController.class))
                        .map(JavaClass::reflect)
                        .flatMap(RoutesTest::written);
    }

    private static Stream<String> written(Class<?> controller) {
        RequestMapping base =
                AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        String prefix = base == null ? "" : base.path()[0];
        return Stream.of(controller.getDeclaredMethods())
                .flatMap(method -> written(prefix, method));
    }

    private static Stream<String> written(String prefix, Method method) {
        RequestMapping mapping =
                AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping == null) {
            return Stream.of();
        }
        String path = mapping.path().length == 0 ? "" : mapping.path()[0];
        return Stream.of(mapping.method())
                .map(RequestMethod::name)
                .map(verb -> verb + " " + prefix + path);
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() {
        assertThat(new TreeSet<>(routes.stream().map(Route::toString).toList()))
                .isEqualTo(new TreeSet<>(written().toList()));
        assertThat(routes).hasSizeGreaterThan(40);
    }

    @Test
    void withoutASignInEveryRouteIsClosed() throws Exception {
        List<String> open = new ArrayList<>();
        for (Route route : routes) {
            for (String token :
                    new String[] {"", "op_0123456789abcdef_" + "x".repeat(43), "a.b.c"}) {
                Answer answer =
                        server.call(
                                route.method(),
                                route.at(DEVICE),
                                token,
                                route.takesABody() ? "{}" : "");
                if (answer.status() != 401) {
                    open.add(route + " " + answer.status());
                } else {
                    assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                            .contains("Bearer realm=\"Outpost\"");
                }
            }
        }
        assertThat(open)
                .allMatch(
                        route ->
                                route.equals("POST /api/v1/authorize 400")
                                        || route.equals("GET /api/v1/health 200"));
    }

    @Test
    void withoutARightEveryRouteThatNeedsOneIsClosed() throws Exception {
        String token = server.signIn("nil", PASSWORD);
        int closed = 0;
        for (Route route : routes) {
            if (route.needsARight()) {
                Answer answer =
                        server.call(
                                route.method(),
                                route.at(DEVICE),
                                token,
                                route.takesABody() ? "{}" : "");
                assertThat(answer.status()).as("%s: %s", route, answer.body()).isEqualTo(403);
                closed++;
            }
        }
        assertThat(closed).isGreaterThan(30);
    }

    @Test
    void noRequestMakesTheServerFailOrTellASecret() throws Exception {
        String token = server.signIn("all", PASSWORD);
        Random random = new Random(20261121);
        for (Route route : routes) {
            if (route.isAStream() || route.path().contains("logout")) {
                continue;
            }
            for (int i = 0; i < 12; i++) {
                String path = route.at(pick(random, VALUES)) + query(random, route);
                String body = route.takesABody() ? body(random, route) : "";
                Answer answer = server.call(route.method(), path, token, body);
                assertThat(answer.status())
                        .as("%s %s %s: %s", route.method(), path, body, answer.response().body())
                        .isLessThan(500);
                String told = answer.response().body();
                assertThat(secrets).noneMatch(told::contains);
                // What settings mean is told with names of loggers.
                if (!route.path().startsWith("/api/v1/settings")) {
                    assertThat(told).doesNotContain("org.outpost");
                }
                assertThat(told).doesNotContain("Exception", "\tat ");
            }
        }
    }

    private static final List<String> VALUES =
            List.of(
                    DEVICE,
                    "00000000-0000-0000-0000-000000000000",
                    "x",
                    "0",
                    "-1",
                    "999999999999999999999",
                    "../../etc/passwd",
                    "a'b\"c",
                    "%00",
                    "ä€𝄞",
                    "<script>",
                    "x".repeat(3000));

    private static final List<String> JSON_VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "\"\"",
                    "\"x\"",
                    "\"" + DEVICE + "\"",
                    "[]",
                    "[null]",
                    "[\"\",\"a,b\"]",
                    "{}",
                    "\"\\u0000\\n\"",
                    "\"" + "y".repeat(5000) + "\"",
                    "[".repeat(200) + "]".repeat(200));

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String query(Random random, Route route) {
        StringBuilder query = new StringBuilder();
        JsonNode parameters = route.description().get("parameters");
        if (parameters != null) {
            for (JsonNode parameter : parameters) {
                if (parameter.get("in").asString().equals("query") && random.nextBoolean()) {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(encoded(parameter.get("name").asString()))
                            .append('=')
                            .append(encoded(pick(random, VALUES)));
                }
            }
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String body(Random random, Route route) {
        if (random.nextInt(6) == 0) {
            return pick(random, List.of("{", "[]", "null", "\"x\"", "{\"a\":1}", "\u0000"));
        }
        StringBuilder body = new StringBuilder("{");
        for (String field : fields(route)) {
            if (random.nextInt(4) > 0) {
                body.append(body.length() == 1 ? "" : ",")
                        .append('"')
                        .append(field)
                        .append("\":")
                        .append(pick(random, JSON_VALUES));
            }
        }
        return body.append('}').toString();
    }

    private List<String> fields(Route route) {
        JsonNode schema =
                route.description().at("/requestBody/content/application~1json/schema/$ref");
        if (schema.isMissingNode()) {
            return List.of("name", "guid");
        }
        String name = schema.asString().substring(schema.asString().lastIndexOf('/') + 1);
        try {
            return server
                    .call("GET", "/api/v1/openapi.json", local, "")
                    .body()
                    .at("/components/schemas/" + name + "/properties")
                    .propertyNames()
                    .stream()
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
