package org.outpost.it.support;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of somebody else that runs beside a server, such as a load balancer. */
public final class Program implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and waits until it listens on the port. */
    public static Program start(Path log, int port, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Program program = new Program(process, log);
            await().atMost(PATIENCE).until(() -> program.listens(port));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens(int port) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended: " + Files.readString(log));
        }
        try (Socket probe = new Socket(ServerSetup.loopback4(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
