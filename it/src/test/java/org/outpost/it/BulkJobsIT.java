package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Api;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Power over a thousand devices, a twentieth of them faulty, while the server is killed without
 * notice in the middle: every device is accounted for, the sound ones did what was asked, and none
 * was reset twice, as the devices' own audit logs tell.
 */
final class BulkJobsIT {
    private static final int DEVICES = 1_000;
    private static final String SEED = "bulk";
    private static final String FAULTS = "stuck:1@2%,wrong-credentials:1@2%,busy:1@1%";
    private static final Duration CONNECT = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofMinutes(5);
    private static final int PARALLEL = 48;
    private static final JsonMapper JSON = new JsonMapper();

    /** The audit log's numbers of the remote control and of a reset (wsman.md section 9.2). */
    private static final int REMOTE_CONTROL = 17;

    private static final int RESET = 3;

    @TempDir Path folder;

    @Test
    void everyDeviceIsAccountedForOverKillNine() throws Exception {
        Map<String, List<String>> devices = list();
        Set<String> sound =
                devices.entrySet().stream()
                        .filter(device -> device.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        Map<String, String> expected = new TreeMap<>();
        devices.forEach((device, faults) -> expected.put(device, expected(faults)));
        assertThat(DEVICES - sound.size()).as("faulty devices").isBetween(35, 65);
        Path password = Files.writeString(folder.resolve("amt.password"), Fleet.AMT_PASSWORD);
        ServerSetup setup =
                ServerSetup.in(folder)
                        .withoutLeakDetection()
                        .with("amt: { password-file: %s, timeout: 10s }".formatted(password))
                        .with("jobs: { return-within: 2m }");
        Server server = setup.start();
        try (Fleet fleet =
                Fleet.start(
                        folder.resolve("fleet.log"),
                        server.tunnelDoor(),
                        SEED,
                        DEVICES,
                        "--connect-rate=250",
                        "--reconnect-scale=0.01",
                        "--amt-fault=" + FAULTS)) {
            fleet.awaitConnected(CONNECT);
            server.awaitTunnels(DEVICES, CONNECT);

            String on = start(server.api(), "power-on");
            killInTheMiddle(server, on, 200);
            server = setup.start();
            JsonNode ended = ended(server.api(), on);
            Map<String, String> states = states(server.api(), on);
            assertThat(states.keySet()).isEqualTo(devices.keySet());
            states.forEach(
                    (device, state) ->
                            assertThat(state)
                                    .as("%s, faults %s", device, devices.get(device))
                                    .isEqualTo(expected.get(device)));
            told("power on", ended);
            server.awaitTunnels(DEVICES, CONNECT);

            String reset = start(server.api(), "reset");
            killInTheMiddle(server, reset, 200);
            server = setup.start();
            JsonNode after = ended(server.api(), reset);
            Map<String, String> ends = states(server.api(), reset);
            assertThat(ends.keySet()).isEqualTo(devices.keySet());
            List<String> unknown = new ArrayList<>();
            ends.forEach(
                    (device, state) -> {
                        if (state.equals("unknown server_stopped")) {
                            unknown.add(device);
                        } else {
                            assertThat(state)
                                    .as("%s, faults %s", device, devices.get(device))
                                    .isEqualTo(expected.get(device));
                        }
                    });
            assertThat(unknown).hasSizeBetween(1, PARALLEL);
            told("reset", after);

            Map<String, Integer> resets = resets(server.api(), sound);
            for (String device : sound) {
                if (unknown.contains(device)) {
                    assertThat(resets.get(device)).as(device).isBetween(0, 1);
                } else {
                    assertThat(resets.get(device)).as(device).isEqualTo(1);
                }
            }
            assertThat(server.management().tunnels()).isEqualTo(DEVICES);
            retryOfTheUnknown(server, reset, unknown);
        } finally {
            server.close();
        }
    }

    /** The devices of the fleet, each with its faults. */
    private static Map<String, List<String>> list() {
        Command.Result listed =
                Command.of(
                                OutpostProcess.launcher().toString(),
                                "simulate",
                                "--list",
                                "--seed",
                                SEED,
                                "--devices",
                                Integer.toString(DEVICES),
                                "--amt-fault",
                                FAULTS)
                        .within(Duration.ofSeconds(60))
                        .run()
                        .succeeded();
        Map<String, List<String>> devices = new TreeMap<>();
        listed.out()
                .lines()
                .map(JSON::readTree)
                .forEach(
                        line ->
                                devices.put(
                                        line.path("uuid").asString(),
                                        line.path("faults")
                                                .valueStream()
                                                .map(JsonNode::asString)
                                                .toList()));
        return devices;
    }

    private static String expected(List<String> faults) {
        if (faults.isEmpty()) {
            return "done ";
        }
        return faults.contains("wrong-credentials")
                ? "failed authentication"
                : faults.contains("stuck") ? "failed timed_out" : "failed busy";
    }

    private static String start(Api api, String action) {
        HttpResponse<String> answer =
                api.post(
                        "jobs",
                        """
                        {"all":true,"connected":true,"action":"%s","parallelism":%d,
                         "deadlineSeconds":30,"reason":"test"}
                        """
                                .formatted(action, PARALLEL));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode started = JSON.readTree(answer.body());
        assertThat(started.path("devices").asInt()).isEqualTo(DEVICES);
        return started.path("id").asString();
    }

    private static long count(JsonNode job, String state) {
        return job.path("counts").path(state).asLong();
    }

    private static void killInTheMiddle(Server server, String job, int after) {
        Api api = server.api();
        JsonNode now =
                await().atMost(END)
                        .pollInterval(Duration.ofMillis(50))
                        .until(
                                () -> api.read("jobs/" + job),
                                read -> count(read, "done") >= after && count(read, "running") > 0);
        server.process().kill();
        server.close();
        assertThat(count(now, "waiting")).as("killed in the middle: %s", now).isPositive();
    }

    private static JsonNode ended(Api api, String job) {
        return await().atMost(END)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.read("jobs/" + job), read -> !read.path("ended").isNull());
    }

    private static Map<String, String> states(Api api, String job) {
        Map<String, String> states = new TreeMap<>();
        JsonNode page = api.read("jobs/" + job + "/devices?$top=1000");
        assertThat(page.path("data").size()).isEqualTo(DEVICES);
        page.path("data")
                .forEach(
                        one ->
                                states.put(
                                        one.path("guid").asString(),
                                        one.path("state").asString()
                                                + " "
                                                + one.path("code").asString()));
        return states;
    }

    private static void told(String what, JsonNode job) {
        Report.line(
                "bulk %s over 1000 devices with kill -9: %s in %s"
                        .formatted(
                                what,
                                job.path("counts"),
                                Duration.between(
                                        Instant.parse(job.path("created").asString()),
                                        Instant.parse(job.path("ended").asString()))));
    }

    /** How often each device was reset, by its own audit log. */
    private static Map<String, Integer> resets(Api api, Set<String> devices) throws Exception {
        Map<String, Integer> resets = new HashMap<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(16)) {
            Map<String, Future<Integer>> answers = new HashMap<>();
            for (String device : devices) {
                answers.put(device, readers.submit(() -> resets(api, device)));
            }
            for (Map.Entry<String, Future<Integer>> answer : answers.entrySet()) {
                resets.put(answer.getKey(), answer.getValue().get());
            }
        }
        return resets;
    }

    private static int resets(Api api, String device) {
        Stream<JsonNode> records =
                api.read("amt/log/audit/" + device + "?startIndex=0").path("records").valueStream();
        return (int)
                records.filter(
                                one ->
                                        one.path("AuditAppID").asInt() == REMOTE_CONTROL
                                                && one.path("EventID").asInt() == RESET)
                        .count();
    }

    /** What nobody can know is for a person to decide; they may ask for it again. */
    private static void retryOfTheUnknown(Server server, String job, List<String> unknown) {
        HttpResponse<String> answer =
                server.api().post("jobs/" + job + "/retry", "{\"states\":[\"unknown\"]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode again = ended(server.api(), JSON.readTree(answer.body()).path("id").asString());
        assertThat(again.path("devices").asInt()).isEqualTo(unknown.size());
    }
}
