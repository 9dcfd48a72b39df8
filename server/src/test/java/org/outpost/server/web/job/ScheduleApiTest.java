package org.outpost.server.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Schedules over the API; their devices are away. */
@TestInstance(Lifecycle.PER_CLASS)
class ScheduleApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String AWAY = "4c4c4544-005a-3510-8047-b4c04f564433";

    private RunningServer server;
    private String token;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RunningServer(folder, "");
        token = server.localToken();
        assertThat(
                        post("/devices", "{\"guid\":\"%s\",\"tags\":[\"away\"]}".formatted(AWAY))
                                .status())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer post(String path, String body) throws Exception {
        return server.call("POST", "/api/v1" + path, token, body);
    }

    private JsonNode get(String path) throws Exception {
        Answer answer = server.call("GET", "/api/v1" + path, token, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body();
    }

    private static String wanted(String cron, String zone, String action) {
        return """
        {"name":"x","cron":"%s","zone":"%s","job":{"tags":["away"],"action":"%s"}}
        """
                .formatted(cron, zone, action);
    }

    @Test
    void aScheduleStartsAJobWhenItIsDue() throws Exception {
        Instant soon = Instant.now().plus(Duration.ofSeconds(3));
        ZonedDateTime at = soon.atZone(ZoneOffset.UTC);
        Answer made =
                post(
                        "/schedules",
                        wanted(
                                "%d %d %d * * *"
                                        .formatted(at.getSecond(), at.getMinute(), at.getHour()),
                                "UTC",
                                "reset"));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        String id = made.body().get("id").asString();
        assertThat(made.body().get("lastDue").isNull()).isTrue();

        JsonNode after =
                await().atMost(Duration.ofSeconds(30))
                        .until(
                                () -> get("/schedules/" + id),
                                schedule -> !schedule.get("lastDue").isNull());
        assertThat(after.get("lastResult").asString()).isEqualTo("started");
        String job = after.get("lastDetail").asString();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(get("/jobs/" + job).at("/counts/offline").asInt())
                                        .isOne());
        assertThat(get("/jobs/" + job).get("origin").asString()).isEqualTo(id);
        await().untilAsserted(
                        () ->
                                assertThat(
                                                get("/audit?action=start-scheduled-job&text=" + job)
                                                        .get("data"))
                                        .hasSize(1));
        assertThat(server.call("DELETE", "/api/v1/schedules/" + id, token, "").status())
                .isEqualTo(204);
    }

    @Test
    void theClockIsThatOfTheZoneAndAPauseTakesTheTimeAway() throws Exception {
        Answer made = post("/schedules", wanted("30 6 * * *", "Asia/Kolkata", "reset"));
        String id = made.body().get("id").asString();
        assertThat(made.body().get("nextDue").asString()).endsWith("T01:00:00Z");

        assertThat(post("/schedules/" + id + "/pause", "").body().get("nextDue").isNull()).isTrue();
        assertThat(get("/schedules/" + id).get("paused").asBoolean()).isTrue();
        assertThat(post("/schedules/" + id + "/resume", "").body().get("nextDue").asString())
                .endsWith("T01:00:00Z");
        server.call("DELETE", "/api/v1/schedules/" + id, token, "");
        assertThat(server.call("GET", "/api/v1/schedules/" + id, token, "").status())
                .isEqualTo(404);
    }

    @Test
    void onlyItsOwnerAndAdministratorsSeeIt() throws Exception {
        for (String name : new String[] {"iris", "bob"}) {
            post(
                    "/users",
                    "{\"name\":\"%s\",\"password\":\"%s\",\"grants\":[{\"role\":\"helpdesk\",\"tenant\":\"*\"}]}"
                            .formatted(name, PASSWORD));
        }
        String iris = server.signIn("iris", PASSWORD);
        String bob = server.signIn("bob", PASSWORD);
        Answer made =
                server.call("POST", "/api/v1/schedules", iris, wanted("0 0 1 1 *", "UTC", "reset"));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        String path = "/api/v1/schedules/" + made.body().get("id").asString();

        assertThat(server.call("GET", path, iris, "").status()).isEqualTo(200);
        assertThat(server.call("GET", path, token, "").status()).isEqualTo(200);
        for (String[] call : new String[][] {{"GET", ""}, {"DELETE", ""}, {"POST", "/pause"}}) {
            assertThat(server.call(call[0], path + call[1], bob, "").status()).isEqualTo(404);
        }
        assertThat(
                        server.call("GET", "/api/v1/schedules", bob, "")
                                .body()
                                .get("totalCount")
                                .asInt())
                .isZero();
        assertThat(
                        server.call(
                                        "POST",
                                        "/api/v1/schedules",
                                        bob,
                                        wanted("0 0 1 1 *", "UTC", "sync-time"))
                                .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    x           | UTC    | reset | five fields
                    a b c d e   | UTC    | reset | no cron expression
                    * 0 0 1 1 * | UTC    | reset | once in a minute
                    0 0 30 2 *  | UTC    | reset | never due
                    0 0 1 1 *   | Vienna | reset | time zone
                    0 0 1 1 *   | UTC    | erase | One of power-on
                    """)
    void whatIsWrongIsSaid(String cron, String zone, String action, String words) throws Exception {
        Answer answer = post("/schedules", wanted(cron, zone, action));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains(words);
    }
}
