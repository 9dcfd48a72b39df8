package org.outpost.it.support;

import static org.awaitility.Awaitility.await;

import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A server with one simulated device that is connected, and at whose AMT it can sign in. */
public final class ManagedDevice implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ON = 2;
    private static final int SWITCH_ON = 2;
    private static final int RESET = 10;

    private final Server server;
    private final Fleet fleet;
    private final Fleet.Member device;

    /**
     * Starts both.
     *
     * @param folder for all files
     * @param seed makes the device's name and UUID
     */
    public ManagedDevice(Path folder, String seed) {
        this(folder, seed, ServerSetup.in(folder));
    }

    /**
     * Starts both.
     *
     * @param folder for all files
     * @param seed makes the device's name and UUID
     * @param setup of the server
     */
    public ManagedDevice(Path folder, String seed, ServerSetup setup) {
        try {
            Path password = Files.writeString(folder.resolve("amt.password"), Fleet.AMT_PASSWORD);
            server = setup.set("amt.password-file", password).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fleet =
                Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                seed,
                                1,
                                "--ca",
                                server.caFile().toString())
                        .awaitConnected(PATIENCE);
        device = Fleet.list(seed, 1).getFirst();
    }

    /** The server. */
    public Server server() {
        return server;
    }

    /** Its UUID, as text. */
    public String guid() {
        return device.uuid();
    }

    /** Its name. */
    public String name() {
        return device.name();
    }

    /** A command of the program that asks the server. */
    public Command outpost(String... arguments) {
        return Command.of(
                        Stream.concat(
                                        Stream.of(OutpostProcess.launcher().toString()),
                                        Stream.concat(
                                                Stream.of(arguments),
                                                Stream.of(
                                                        "--data-dir", server.dataDir().toString())))
                                .toArray(String[]::new))
                .within(Duration.ofMinutes(2));
    }

    /** Boots the PC's own system anew. One that is just going on or off refuses for a while. */
    public void restart() {
        await().atMost(PATIENCE).until(() -> change(isOn() ? RESET : SWITCH_ON));
    }

    /** Switches the PC on where it is off; when this returns no change of power is under way. */
    public void switchOn() {
        await().atMost(PATIENCE).until(() -> isOn() || (change(SWITCH_ON) && isOn()));
    }

    private boolean isOn() {
        return server.api().read("amt/power/state/" + guid()).path("powerstate").asInt() == ON;
    }

    private boolean change(int action) {
        return server.api()
                        .post("amt/power/action/" + guid(), "{\"action\":" + action + "}")
                        .statusCode()
                == 200;
    }

    @Override
    public void close() {
        fleet.close();
        server.close();
    }
}
