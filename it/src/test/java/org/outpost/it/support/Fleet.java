package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simulated devices of the packaged program, in a process of their own. */
public final class Fleet implements Closeable {
    /** Who may sign in at the devices. */
    public static final String AMT_USER = "admin";

    /** The password of {@link #AMT_USER}. */
    public static final String AMT_PASSWORD = "Amt-Passw0rd!";

    /** An option: firmware that serves 16992 and 16994 beside the ports with TLS. */
    public static final String WITH_PLAIN_PORTS = "--generations=11.8,12.0,14.1,15.0";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OutpostProcess process;
    private final int devices;

    private Fleet(OutpostProcess process, int devices) {
        this.process = process;
        this.devices = devices;
    }

    /** A device as the simulator lists it. */
    public record Member(String uuid, String name) {}

    /** The devices that a fleet of this seed, with these options, has. */
    public static List<Member> list(String seed, int devices, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                OutpostProcess.launcher().toString(),
                                "simulate",
                                "--list",
                                "--seed",
                                seed,
                                "--devices",
                                Integer.toString(devices)));
        command.addAll(Arrays.asList(options));
        Command.Result listed =
                Command.of(command.toArray(String[]::new)).within(PATIENCE).run().succeeded();
        return listed.out()
                .lines()
                .map(JSON::readTree)
                .map(line -> new Member(line.path("uuid").asString(), line.path("name").asString()))
                .toList();
    }

    /** Starts devices against a tunnel listener of the server. */
    public static Fleet start(
            Path logFile, InetSocketAddress door, String seed, int devices, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                OutpostProcess.launcher().toString(),
                                "simulate",
                                "--server",
                                door.getAddress().getHostAddress() + ":" + door.getPort(),
                                "--user",
                                ServerSetup.USER,
                                "--password",
                                ServerSetup.PASSWORD,
                                "--amt-user",
                                AMT_USER,
                                "--amt-password",
                                AMT_PASSWORD,
                                "--seed",
                                seed,
                                "--devices",
                                Integer.toString(devices),
                                "--json"));
        command.addAll(Arrays.asList(options));
        return new Fleet(OutpostProcess.start(logFile, Map.of(), command), devices);
    }

    /** Its process. */
    public OutpostProcess process() {
        return process;
    }

    /** Waits until all devices are connected. */
    public Fleet awaitConnected(Duration within) {
        process.awaitLog("\"event\":\"ready\"", within);
        return this;
    }

    /** What it reported last. */
    public Optional<JsonNode> report() {
        return process.log()
                .lines()
                .filter(line -> line.startsWith("{\"event\"") && line.endsWith("}"))
                .filter(line -> !line.contains("\"event\":\"credentials\""))
                .reduce((_, later) -> later)
                .map(JSON::readTree);
    }

    /** A number of the last report, such as {@code connected}; -1 before the first. */
    public long count(String field) {
        return report().map(line -> line.path(field).asLong()).orElse(-1L);
    }

    /** How often tunnels ended so, as last reported. */
    public long ends(String label) {
        return report().map(line -> line.path("ends").path(label).asLong(0)).orElse(0L);
    }

    /** Waits until it reports that so many are connected. */
    public void awaitCount(String field, long expected, Duration within) {
        await().atMost(within)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () ->
                                assertThat(count(field))
                                        .as("%s of %d devices", field, devices)
                                        .isEqualTo(expected));
    }

    /** Lets all devices say good-bye and waits for the end. */
    public void leave() {
        assertThat(process.stop(PATIENCE)).as("exit code; log:%n%s", process.log()).isZero();
    }

    @Override
    public void close() {
        process.close();
    }
}
