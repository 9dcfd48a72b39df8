package org.outpost.server.demo;

import org.outpost.server.command.AccessToken;
import org.outpost.server.command.ApiClient;
import org.outpost.server.command.ApiLocation;
import org.outpost.server.command.CommandFailedException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A demo: a server, then devices that call in, until somebody ends it. Each step fails with its
 * reason when one of the two programs ends by itself.
 */
final class Demo implements AutoCloseable {
    private static final String SEED = "outpost-demo";
    private static final Duration SERVER_STARTS = Duration.ofMinutes(2);
    private static final Duration DEVICES_ARRIVE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration SIMULATOR_ENDS = Duration.ofSeconds(15);
    private static final Duration SERVER_ENDS = Duration.ofSeconds(45);

    private final Launcher launcher;
    private final DemoFolder folder;
    private final PrintWriter out;
    private final Progress progress;

    /** What runs, in the order in which it is to end: the last one started first. */
    private final Deque<ChildProcess> children = new ArrayDeque<>();

    Demo(Launcher launcher, DemoFolder folder, PrintWriter out) {
        this.launcher = launcher;
        this.folder = folder;
        this.out = out;
        this.progress = Progress.to(out);
    }

    /** The longest that {@link #close} may take. */
    static Duration patience() {
        return SIMULATOR_ENDS.plus(SERVER_ENDS).multipliedBy(2);
    }

    /**
     * Starts both, prints the guide, and stays until it is interrupted.
     *
     * @param count how many devices
     * @throws CommandFailedException when one of the two programs ended by itself
     */
    void run(int count) throws CommandFailedException, IOException, InterruptedException {
        out.println("Outpost demo in " + folder.path());
        out.flush();
        DemoPorts ports = DemoPorts.free();
        folder.write(ports);
        long start = System.nanoTime();
        startServer();
        Arrivals arrivals = new Arrivals(listDevices(count));
        try (ApiClient api = connect(start)) {
            startSimulator(count, ports);
            awaitDevices(api, arrivals);
        }
        new DemoGuide(launcher.path(), folder, ports, arrivals.present()).print(out);
        out.println();
        out.println("Paste these into another shell. Ctrl-C here ends the demo.");
        out.flush();
        stay();
    }

    private void stay() throws CommandFailedException, InterruptedException {
        while (true) {
            lookForAnEnd();
        }
    }

    private void startServer() throws IOException {
        children.addFirst(
                ChildProcess.start(
                        "server",
                        folder.serverLog(),
                        SERVER_ENDS,
                        launcher.command("serve", "--config", folder.configuration().toString())));
    }

    private List<SimulatedDevice> listDevices(int count)
            throws CommandFailedException, IOException, InterruptedException {
        progress.show("Starting the server ...");
        List<String> command = launcher.command("simulate", "--list");
        command.addAll(fleet(count));
        return SimulatedDevice.list(Launcher.output(command, folder.simulatorLog()));
    }

    /** Waits until the server says where its API is, which it does when that answers. */
    private ApiClient connect(long start) throws CommandFailedException, InterruptedException {
        Path address = folder.path().resolve(ApiLocation.FILE);
        while (!Files.exists(address)) {
            lookForAnEnd();
            progress.show("Starting the server ... " + since(start).toSeconds() + " s");
            if (isOver(start, SERVER_STARTS)) {
                throw new CommandFailedException(
                        "the server does not get ready" + LogTail.of(folder.serverLog()));
            }
        }
        progress.done("The server is ready.");
        return new ApiClient(
                ApiLocation.of(folder.path()),
                AccessToken.read(folder.path().resolve(AccessToken.FILE)));
    }

    private void startSimulator(int count, DemoPorts ports) throws IOException {
        List<String> command = launcher.command("simulate", "@" + folder.simulatorOptions());
        command.addAll(List.of("--server", "127.0.0.1:" + ports.tunnel()));
        command.addAll(List.of("--ca", folder.authority().toString()));
        command.addAll(List.of("--server-name", DemoFolder.SERVER_NAME));
        command.addAll(fleet(count));
        children.addFirst(
                ChildProcess.start("simulator", folder.simulatorLog(), SIMULATOR_ENDS, command));
    }

    // The same in both calls: what is listed is what calls in.
    private static List<String> fleet(int count) {
        return List.of("--devices", String.valueOf(count), "--seed", SEED, "--moods", "demo");
    }

    private void awaitDevices(ApiClient api, Arrivals arrivals)
            throws CommandFailedException, InterruptedException {
        long start = System.nanoTime();
        arrivals.refresh(api);
        while (!arrivals.missing().isEmpty() && !isOver(start, DEVICES_ARRIVE)) {
            progress.show(arrivals.summary());
            lookForAnEnd();
            arrivals.refresh(api);
        }
        if (arrivals.present().isEmpty()) {
            throw new CommandFailedException(
                    "no device could call in" + LogTail.of(folder.simulatorLog()));
        }
        progress.done(arrivals.summary());
        if (!arrivals.missing().isEmpty()) {
            out.println(
                    arrivals.missing().stream()
                            .map(SimulatedDevice::name)
                            .collect(Collectors.joining(", ", "Not connected so far: ", "")));
        }
    }

    private static boolean isOver(long start, Duration time) {
        return since(start).compareTo(time) > 0;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Returns after a moment, or fails when one of the programs ends before that. */
    private void lookForAnEnd() throws CommandFailedException, InterruptedException {
        try {
            awaitAnyEnd(BETWEEN_LOOKS);
        } catch (TimeoutException _) {
            // Both run.
        }
    }

    private void awaitAnyEnd(Duration most)
            throws CommandFailedException, InterruptedException, TimeoutException {
        CompletableFuture<?>[] ends =
                children.stream().map(ChildProcess::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ends).get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
        for (ChildProcess child : children) {
            child.check();
        }
    }

    /** Ends the devices, which say good-bye to the server, and then the server. */
    @Override
    public void close() {
        for (ChildProcess child : children) {
            progress.show("Ending the " + child.name() + " ...");
            if (!child.stop()) {
                progress.done("The " + child.name() + " did not end and was killed.");
            }
        }
        progress.done("The demo has ended.");
    }
}
