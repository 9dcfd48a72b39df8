package org.outpost.server.demo;

import static org.awaitility.Awaitility.await;

import org.outpost.server.command.OutpostMain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A demo in a process of its own, in an installation whose launcher starts {@link FakeOutpost}. */
final class DemoProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Path output;
    private final Process process;

    private DemoProcess(Path folder, Path output, Process process) {
        this.folder = folder;
        this.output = output;
        this.process = process;
    }

    static DemoProcess start(Path home, String... arguments) throws IOException {
        Path launcher = home.resolve("outpost");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
                        .formatted(java, path, FakeOutpost.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        Path output = Files.createTempFile(home, "output", ".txt");
        // A test that runs in the background has SIGINT ignored, and so would its children.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", java));
        command.addAll(List.of("-cp", path, "-Doutpost.home=" + home, OutpostMain.class.getName()));
        command.add("demo");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new DemoProcess(home.resolve("data/demo"), output, process);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What server and simulator noted. */
    List<String> events() {
        try {
            Path events = folder.resolve("events");
            return Files.exists(events) ? Files.readAllLines(events) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    DemoProcess awaitGuide() {
        await().atMost(PATIENCE)
                .until(() -> output().contains("Ctrl-C here ends") || !process.isAlive());
        return this;
    }

    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    /** The process of server or simulator. */
    Optional<ProcessHandle> child(String name) {
        String start = name + " started ";
        return events().stream()
                .filter(event -> event.startsWith(start))
                .map(event -> Long.parseLong(event.substring(start.length())))
                .reduce((first, last) -> last)
                .flatMap(ProcessHandle::of);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // Without the demo they end by themselves: see the test. Not when that fails.
        List.of("simulator", "server")
                .forEach(name -> child(name).ifPresent(ProcessHandle::destroyForcibly));
    }
}
