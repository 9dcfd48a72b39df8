package org.outpost.server.web.amt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.server.web.amt.RouteTable.Route;
import org.outpost.testkit.image.TinyIso;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Every route about a device, by one table: all is well, the caller may not, the device is offline,
 * busy, or does not answer. A route that is described and has no line in the table fails.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouteTableTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String NOBODY = "4c4c4544-005a-3510-8047-b4c04f564433";
    private static final String AGENT = "11111111-2222-3333-4444-555555555555";

    /** Time for one call; after half a second a busy device is given up. */
    private static final String HASTE = "1400ms";

    private static final int AT_ONCE = 6;
    private static final int TRIES = 8;

    private final List<Route> routes = RouteTable.routes();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private RunningServer server;
    private RunningServer hasty;
    private SimulatedDevice device;
    private List<SimulatedDevice> busy;
    private SimulatedDevice stuck;
    private String offline;
    private String outsider;
    private String certificate;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = running(folder.resolve("server"), "20s");
        hasty = running(folder.resolve("hasty"), HASTE);
        device = device(server, folder, "fine");
        busy =
                List.of(
                        device(hasty, folder, "busy-1", "--amt-fault", "busy:1"),
                        device(hasty, folder, "busy-2", "--amt-fault", "busy:1"));
        stuck = device(hasty, folder, "stuck", "--amt-fault", "stuck:1");
        try (SimulatedDevice gone = new SimulatedDevice(server, folder, "gone")) {
            offline = gone.guid();
            awaitAnswer(offline, 200);
        }
        awaitAnswer(offline, 404);
        awaitAnswer(device.guid(), 200);
        server.call(
                "POST",
                "/api/v1/users",
                server.localToken(),
                "{\"name\":\"outsider\",\"password\":\"%s\",\"grants\":[]}".formatted(PASSWORD));
        outsider = server.signIn("outsider", PASSWORD);
        certificate =
                Base64.getEncoder()
                        .encodeToString(
                                Files.readString(server.data("ca.crt"))
                                        .getBytes(StandardCharsets.US_ASCII));
    }

    private RunningServer running(Path folder, String timeout) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        Files.write(folder.resolve("floppy.img"), TinyIso.floppy(1));
        RunningServer one =
                new RunningServer(
                        folder,
                        "amt: { password-file: amt.password, timeout: %s }\nimages: { folder: . }\n"
                                .formatted(timeout));
        toClose.add(one);
        return one;
    }

    private SimulatedDevice device(RunningServer to, Path folder, String name, String... options)
            throws Exception {
        SimulatedDevice one = new SimulatedDevice(to, folder, name, options);
        toClose.addFirst(one);
        return one;
    }

    private void awaitAnswer(String guid, int status) {
        String path = "/api/v1/amt/power/state/" + guid;
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.call("GET", path, server.localToken(), "").status() == status);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : toClose) {
            one.close();
        }
    }

    /** What stands for the variables of paths and bodies. */
    private Map<String, String> values() {
        return new HashMap<>(
                Map.of(
                        "certificate",
                        certificate,
                        "agent",
                        AGENT,
                        "handle",
                        "1",
                        "className",
                        "AMT_RedirectionService",
                        "method",
                        "RequestStateChange",
                        "profileName",
                        "home",
                        "instanceId",
                        "nothing",
                        "name",
                        "nothing"));
    }

    private static Answer use(
            RunningServer server,
            Route route,
            String guid,
            String token,
            Map<String, String> values)
            throws Exception {
        String path = route.path().replace("{guid}", guid);
        String query = route.query();
        String body = route.body();
        for (Map.Entry<String, String> value : values.entrySet()) {
            path =
                    path.replace(
                            "{" + value.getKey() + "}",
                            URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8)
                                    .replace("+", "%20"));
            query = query.replace("$" + value.getKey(), value.getValue());
            body = body.replace("$" + value.getKey(), value.getValue());
        }
        return server.call(route.method(), "/api/v1" + path + query, token, body);
    }

    @Test
    @Order(1)
    void theTableHasEveryRouteAboutADevice() throws Exception {
        JsonNode paths =
                server.call("GET", "/api/v1/openapi.json", server.localToken(), "")
                        .body()
                        .get("paths");
        TreeSet<String> described =
                paths.properties().stream()
                        .filter(path -> path.getKey().contains("{guid}"))
                        .flatMap(
                                path ->
                                        path.getValue().propertyNames().stream()
                                                .map(
                                                        method ->
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey()))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(routes.stream().map(Route::name).toList())).isEqualTo(described);
        assertThat(described).hasSizeGreaterThan(75);
    }

    @Test
    @Order(2)
    void whoMayNotIsTurnedAway() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes) {
            Answer answer = use(server, route, device.guid(), outsider, values());
            all.assertThat(answer.status()).as("%s: %s", route, answer.body()).isEqualTo(403);
        }
        all.assertAll();
    }

    @Test
    @Order(3)
    void anOfflineDeviceIsToldAsThat() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes) {
            Answer answer = use(server, route, offline, server.localToken(), values());
            all.assertThat(answer.status())
                    .as("%s: %s", route, answer.response().body())
                    .isEqualTo(route.offline());
            if (route.asks()) {
                // the words of Open DMT's MPS
                all.assertThat(answer.body().path("error").asString(""))
                        .as(route.toString())
                        .isEqualTo("Device not found/connected. Please connect again using CIRA.");
                all.assertThat(answer.body().path("errorDescription").asString(""))
                        .isEqualTo("guid : " + offline);
                all.assertThat(answer.body().path("code").asString("")).isEqualTo("offline");
            }
        }
        all.assertAll();
    }

    @Test
    @Order(4)
    void aDeviceThatNobodyKnowsIsToldAsThat() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes.stream().filter(Route::asks).toList()) {
            Answer answer = use(server, route, NOBODY, server.localToken(), values());
            all.assertThat(answer.status()).as("%s: %s", route, answer.body()).isEqualTo(404);
        }
        all.assertAll();
    }

    @Test
    @Order(5)
    void aBusyDeviceIsToBeAskedLater() throws Exception {
        List<Route> asking = routes.stream().filter(Route::asks).toList();
        SoftAssertions all = new SoftAssertions();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<Route, Answer>>> halves = new ArrayList<>();
            for (int i = 0; i < busy.size(); i++) {
                int half = i;
                halves.add(
                        callers.submit(
                                () -> {
                                    Map<Route, Answer> answers = new HashMap<>();
                                    for (int at = half; at < asking.size(); at += busy.size()) {
                                        Route route = asking.get(at);
                                        answers.put(route, askBusy(route, busy.get(half)));
                                    }
                                    return answers;
                                }));
            }
            for (Future<Map<Route, Answer>> half : halves) {
                half.get()
                        .forEach(
                                (route, answer) -> {
                                    String said = route + ": " + answer.response().body();
                                    all.assertThat(answer.status()).as(said).isEqualTo(503);
                                    all.assertThat(answer.body().path("code").asString(""))
                                            .as(said)
                                            .isEqualTo("busy");
                                    all.assertThat(
                                                    answer.response()
                                                            .headers()
                                                            .firstValue("Retry-After"))
                                            .as(said)
                                            .isPresent();
                                });
            }
        }
        all.assertAll();
    }

    private Answer ask(Route route, SimulatedDevice one) throws Exception {
        return use(hasty, route, one.guid(), hasty.localToken(), values());
    }

    /** Where the machine itself is slow a call may end before the device has refused it. */
    private Answer askBusy(Route route, SimulatedDevice one) throws Exception {
        Answer answer = ask(route, one);
        for (int tries = 1; answer.status() == 504 && tries < TRIES; tries++) {
            answer = ask(route, one);
        }
        return answer;
    }

    @Test
    @Order(6)
    void aDeviceThatDoesNotAnswerTimesOut() throws Exception {
        SoftAssertions all = new SoftAssertions();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            Map<Route, Future<Answer>> answers = new HashMap<>();
            for (Route route : routes.stream().filter(Route::asks).toList()) {
                answers.put(route, callers.submit(() -> ask(route, stuck)));
            }
            for (Map.Entry<Route, Future<Answer>> one : answers.entrySet()) {
                Answer answer = one.getValue().get();
                String said = one.getKey() + ": " + answer.response().body();
                if (one.getKey().mayLoseItsAnswer() && answer.status() == 200) {
                    all.assertThat(answer.response().body()).as(said).contains("UNCONFIRMED");
                    continue;
                }
                all.assertThat(answer.status()).as(said).isEqualTo(504);
                all.assertThat(answer.body().path("code").asString(""))
                        .as(said)
                        .isEqualTo("timed_out");
            }
        }
        all.assertAll();
    }

    /** The last of the tests: it ends with a device that is managed no more. */
    @Test
    @Order(7)
    void whenAllIsWellEveryRouteDoesWhatItSays() throws Exception {
        Map<String, String> values = values();
        SoftAssertions all = new SoftAssertions();
        switchOn();
        for (Route route : routes) {
            if (route.path().startsWith("/amt/deactivate/")) {
                awaitAnswer(device.guid(), 200);
            }
            Answer answer =
                    route.changesPower()
                            ? await().atMost(Duration.ofSeconds(30))
                                    .until(
                                            () -> happily(route, values),
                                            said -> said.status() == route.happy())
                            : happily(route, values);
            all.assertThat(answer.status())
                    .as("%s: %s", route, answer.response().body())
                    .isEqualTo(route.happy());
            if (!route.kept().isEmpty()) {
                String[] kept = route.kept().split("=", 2);
                String value = answer.body().at(kept[1]).asString("");
                all.assertThat(value).as("%s: %s", route, kept[0]).isNotEmpty();
                values.put(kept[0], value);
            }
        }
        all.assertAll();
        assertThat(
                        server.call(
                                        "GET",
                                        "/api/v1/devices/" + device.guid(),
                                        server.localToken(),
                                        "")
                                .status())
                .as("deactivated and forgotten")
                .isEqualTo(404);
    }

    private Answer happily(Route route, Map<String, String> values) throws Exception {
        return use(server, route, device.guid(), server.localToken(), values);
    }

    /** Consent can be asked for only while the PC is on; some simulated ones sleep. */
    private void switchOn() throws Exception {
        String path = "/api/v1/amt/power/action/" + device.guid();
        Answer _ = server.call("POST", path, server.localToken(), "{\"action\":2}");
        String state = "/api/v1/amt/power/state/" + device.guid();
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                server.call("GET", state, server.localToken(), "")
                                                .body()
                                                .path("powerstate")
                                                .asInt(0)
                                        == 2);
    }
}
