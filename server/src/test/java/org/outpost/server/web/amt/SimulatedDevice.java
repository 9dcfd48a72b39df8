package org.outpost.server.web.amt;

import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionTimeoutException;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A device of the simulator, in a process of its own, that calls a server. */
public final class SimulatedDevice implements AutoCloseable {
    /** What its administrator signs in with. */
    public static final String PASSWORD = "Sim-P@ss-77";

    private final Process process;
    private final String guid;

    /**
     * Starts it, and waits until it is connected.
     *
     * @param name its host name begins with it
     * @param more options of the simulator
     */
    public SimulatedDevice(RunningServer server, Path folder, String name, String... more)
            throws IOException, InterruptedException {
        Answer made =
                server.call(
                        "POST",
                        "/api/v1/device-credentials",
                        server.localToken(),
                        "{\"label\":\"test\"}");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.outpost.simulator.SimulateMain",
                                "--server",
                                "127.0.0.1:" + server.tunnelDoor().getPort(),
                                "--insecure-tls",
                                "--user",
                                made.body().at("/data/0/user").asString(),
                                "--password",
                                made.body().at("/data/0/password").asString(),
                                "--devices",
                                "1",
                                "--first", // the second is a laptop: it has Wi-Fi
                                "2",
                                "--seed",
                                name,
                                "--name-prefix",
                                name,
                                "--generations",
                                "16.1",
                                "--amt-user",
                                "admin",
                                "--amt-password",
                                PASSWORD));
        command.addAll(List.of(more));
        Path log = folder.resolve(name + ".log");
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            guid =
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(200))
                            .until(() -> connected(server, name), found -> !found.isEmpty());
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException(Files.readString(log), e);
        }
    }

    private static String connected(RunningServer server, String name) throws Exception {
        Answer all =
                server.call(
                        "GET",
                        "/api/v1/devices?connected=true&search=" + name,
                        server.localToken(),
                        "");
        return all.body().at("/0/guid").asString("");
    }

    /** Its UUID. */
    public String guid() {
        return guid;
    }

    /** Ends it, so that it is offline. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
