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
import org.outpost.server.web.amt.SimulatedDevice;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bulk jobs against devices of the simulator, one that never answers, and one that is away. */
@TestInstance(Lifecycle.PER_CLASS)
class JobApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String AWAY = "4c4c4544-005a-3510-8047-b4c04f564433";

    private RunningServer server;
    private SimulatedDevice device;
    private SimulatedDevice stuck;
    private String token;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        server = new RunningServer(folder, "amt: { password-file: amt.password, timeout: 10s }\n");
        token = server.localToken();
        device = new SimulatedDevice(server, folder, "fine");
        stuck = new SimulatedDevice(server, folder, "stuck", "--amt-fault", "stuck:1");
        label(AWAY, "\"away\"");
        label(device.guid(), "\"lab\",\"vienna\"");
        label(stuck.guid(), "\"lab\"");
    }

    private void label(String guid, String tags) throws Exception {
        Answer made =
                post("/devices", "{\"guid\":\"%s\",\"tags\":[%s]}".formatted(guid, tags), token);
        assertThat(made.status()).as(made.response().body()).isIn(200, 201);
    }

    @AfterAll
    void stop() {
        device.close();
        stuck.close();
        server.close();
    }

    private Answer post(String path, String body, String as) throws Exception {
        return server.call("POST", "/api/v1" + path, as, body);
    }

    private JsonNode get(String path) throws Exception {
        Answer answer = server.call("GET", "/api/v1" + path, token, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.body();
    }

    private String user(String name, String grants) throws Exception {
        Answer made =
                post(
                        "/users",
                        "{\"name\":\"%s\",\"password\":\"%s\",\"grants\":[%s]}"
                                .formatted(name, PASSWORD, grants),
                        token);
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return server.signIn(name, PASSWORD);
    }

    private String started(String body, String as) throws Exception {
        Answer answer = post("/jobs", body, as);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.body().get("id").asString();
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofSeconds(40))
                .until(() -> get("/jobs/" + id), job -> !job.get("ended").isNull());
    }

    private Map<String, String> states(String id) throws Exception {
        Map<String, String> states = new TreeMap<>();
        get("/jobs/" + id + "/devices")
                .get("data")
                .forEach(
                        one ->
                                states.put(
                                        one.get("guid").asString(),
                                        one.get("state").asString()
                                                + " "
                                                + one.get("code").asString()));
        return states;
    }

    @Test
    void eachDeviceIsAccountedForInTheWordsOfTheOtherRoutes() throws Exception {
        String id =
                started(
                        """
                        {"devices":["%s","%s","%s"],"action":2,"deadlineSeconds":4,
                         "reason":"monday","ticket":"T-7"}
                        """
                                .formatted(device.guid(), stuck.guid(), AWAY),
                        token);
        JsonNode job = ended(id);

        assertThat(states(id))
                .containsEntry(device.guid(), "done ")
                .containsEntry(stuck.guid(), "failed timed_out")
                .containsEntry(AWAY, "offline offline")
                .hasSize(3);
        assertThat(job.get("action").asString()).isEqualTo("power-on");
        assertThat(job.at("/counts/done").asInt()).isEqualTo(1);
        assertThat(job.get("devices").asInt()).isEqualTo(3);
        assertThat(get("/jobs/" + id + "/devices?state=failed&$top=1").get("totalCount").asInt())
                .isEqualTo(1);
        assertThat(get("/jobs").get("data").valueStream().map(one -> one.get("id").asString()))
                .contains(id);

        await().untilAsserted(
                        () ->
                                assertThat(
                                                get("/audit?action=job.power-on&text=" + id)
                                                        .get("data")
                                                        .valueStream()
                                                        .map(
                                                                one ->
                                                                        one.get("device").asString()
                                                                                + " "
                                                                                + one.get("result")
                                                                                        .asString()
                                                                                + " "
                                                                                + one.get("ticket")
                                                                                        .asString()))
                                        .containsExactlyInAnyOrder(
                                                device.guid() + " done T-7",
                                                stuck.guid() + " failed T-7",
                                                AWAY + " failed T-7"));
        assertThat(get("/audit?action=start-job&text=" + id).get("data")).hasSize(1);
    }

    @Test
    void aQueryTakesTheDevicesThatPassIt() throws Exception {
        String both = started("{\"tags\":[\"lab\"],\"action\":\"sync-time\"}", token);
        String one = started("{\"tags\":[\"lab\",\"vienna\"],\"action\":\"refresh-facts\"}", token);
        String connected =
                started(
                        """
                        {"search":"%s","connected":true,"action":"sync-time"}
                        """
                                .formatted(device.guid()),
                        token);
        assertThat(ended(one).at("/counts/done").asInt()).isEqualTo(1);
        assertThat(ended(connected).get("devices").asInt()).isEqualTo(1);
        assertThat(get("/jobs/" + both).get("devices").asInt()).isEqualTo(2);
        post("/jobs/" + both + "/cancel", "", token);
        assertThat(
                        post(
                                        "/jobs",
                                        "{\"search\":\"%s\",\"connected\":true,\"action\":\"reset\"}"
                                                .formatted(AWAY),
                                        token)
                                .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"action":"reset"} | Say which devices
                    {"all":true} | One of power-on
                    {"all":true,"action":104} | one device at a time
                    {"all":true,"action":"reset","parallelism":257} | from 1 to 256
                    {"all":true,"action":"reset","deadlineSeconds":0} | from 1 to 900
                    {"all":true,"action":"reset","waitSeconds":-1} | from 0 to
                    {"devices":["x"],"action":"reset"} | UUIDs of devices
                    {"devices":["4c4c4544-005a-3510-8047-b4c04f564499"],"action":"reset"} | No device has the UUID
                    """)
    void whatIsWrongIsSaid(String body, String words) throws Exception {
        Answer answer = post("/jobs", body, token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains(words);
    }

    @Test
    void whatOneMayNotDoIsDeniedAndOthersDoNotSeeIt() throws Exception {
        post("/groups", "{\"name\":\"vienna\",\"tags\":[\"vienna\"]}", token);
        String iris =
                user(
                        "iris",
                        """
                        {"role":"viewer","tenant":"*"},
                        {"role":"helpdesk","tenant":"","group":"vienna"}
                        """);
        String bob = user("bob", "{\"role\":\"helpdesk\",\"tenant\":\"*\"}");
        String id =
                started(
                        """
                        {"devices":["%s","%s"],"action":"power-on"}
                        """
                                .formatted(device.guid(), AWAY),
                        iris);
        ended(id);

        assertThat(states(id))
                .containsEntry(device.guid(), "done ")
                .containsEntry(AWAY, "denied denied");
        for (String path : List.of("", "/devices")) {
            assertThat(server.call("GET", "/api/v1/jobs/" + id + path, iris, "").status())
                    .isEqualTo(200);
            assertThat(server.call("GET", "/api/v1/jobs/" + id + path, bob, "").status())
                    .isEqualTo(404);
        }
        assertThat(post("/jobs/" + id + "/cancel", "", bob).status()).isEqualTo(404);
        assertThat(post("/jobs/" + id + "/retry", "", bob).status()).isEqualTo(404);
        assertThat(server.call("GET", "/api/v1/jobs", bob, "").body().get("totalCount").asInt())
                .isZero();
        assertThat(post("/jobs", "{\"all\":true,\"action\":\"sync-time\"}", iris).status())
                .isEqualTo(403);
    }

    @Test
    void rightsAreAskedAgainAtEachTurn() throws Exception {
        String eve = user("eve", "{\"role\":\"helpdesk\",\"tenant\":\"*\"}");
        String id =
                started(
                        """
                        {"devices":["%s","%s"],"action":"reset","parallelism":1,"deadlineSeconds":5}
                        """
                                .formatted(stuck.guid(), device.guid()),
                        eve);
        await().until(() -> get("/jobs/" + id).at("/counts/running").asInt() == 1);
        assertThat(server.call("DELETE", "/api/v1/users/eve", token, "").status()).isEqualTo(204);
        ended(id);

        assertThat(states(id)).containsEntry(device.guid(), "denied denied");
        assertThat(get("/jobs/" + id + "/devices?state=denied").at("/data/0/detail").asString())
                .contains("eve may not sign in any more");
    }

    @Test
    void aJobThatWaitsCanBeCancelledAndTheRestTriedAgain() throws Exception {
        String id =
                started(
                        """
                        {"devices":["%s","%s"],"action":"sync-time","waitSeconds":600}
                        """
                                .formatted(device.guid(), AWAY),
                        token);
        await().until(() -> get("/jobs/" + id).at("/counts/done").asInt() == 1);
        assertThat(get("/jobs/" + id).get("state").asString()).isEqualTo("running");
        assertThat(get("/jobs/" + id).get("waitUntil").isNull()).isFalse();
        assertThat(post("/jobs/" + id + "/retry", "", token).status()).isEqualTo(409);

        assertThat(post("/jobs/" + id + "/cancel", "", token).status()).isEqualTo(200);
        assertThat(ended(id).get("state").asString()).isEqualTo("cancelled");
        assertThat(states(id)).containsEntry(AWAY, "cancelled ");
        assertThat(post("/jobs/" + id + "/cancel", "", token).status()).isEqualTo(409);

        assertThat(post("/jobs/" + id + "/retry", "{}", token).status()).isEqualTo(409);
        Answer again =
                post("/jobs/" + id + "/retry", "{\"states\":[\"cancelled\",\"done\"]}", token);
        assertThat(again.status()).as(again.response().body()).isEqualTo(201);
        String second = again.body().get("id").asString();
        assertThat(get("/jobs/" + second).get("origin").asString()).isEqualTo(id);
        assertThat(get("/jobs/" + second).get("devices").asInt()).isEqualTo(2);
        post("/jobs/" + second + "/cancel", "", token);
    }
}
