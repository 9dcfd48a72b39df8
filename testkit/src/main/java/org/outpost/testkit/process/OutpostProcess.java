package org.outpost.testkit.process;

import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionTimeoutException;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A program in its own process, above all the packaged server. What it writes to standard output
 * and error goes to one file. Closing ends the process and what it started, and nothing else.
 */
public final class OutpostProcess implements Closeable {
    /** The system property that names the packaged launcher. */
    public static final String LAUNCHER = "outpost.launcher";

    private static final Duration END = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;
    private final Path logFile;

    private OutpostProcess(Process process, Path logFile) {
        this.process = process;
        this.logFile = logFile;
    }

    /** The packaged launcher. */
    public static Path launcher() {
        String path = System.getProperty(LAUNCHER);
        if (path == null) {
            throw new IllegalStateException("the system property " + LAUNCHER + " is not set");
        }
        return Path.of(path);
    }

    /** Writes the configuration and starts the packaged server on it; does not wait for it. */
    public static OutpostProcess serve(OutpostConfig config) {
        Path file = config.write();
        return outpost(file.resolveSibling("serve.log"), "serve", "--config", file.toString());
    }

    /** Starts the packaged launcher with arguments, its output going to a file. */
    public static OutpostProcess outpost(Path logFile, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher().toString());
        command.addAll(List.of(arguments));
        return start(logFile, Map.of(), command);
    }

    /**
     * Starts any command, its output going to a file that is made anew.
     *
     * @param environment variables beside the inherited ones
     */
    public static OutpostProcess start(
            Path logFile, Map<String, String> environment, List<String> command) {
        try {
            Files.deleteIfExists(logFile);
            Files.createFile(logFile);
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(logFile.toFile())
                            .redirectInput(new File("/dev/null"));
            builder.environment().putAll(new HashMap<>(environment));
            return new OutpostProcess(builder.start(), logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The memory it holds now. */
    public Memory memory() {
        return Memory.of(pid());
    }

    /** The file its output goes to. */
    public Path logFile() {
        return logFile;
    }

    /** Its output so far. */
    public String log() {
        try {
            return Files.readString(logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until its output holds a match.
     *
     * @throws AssertionError with the output if the process ends before or time runs out
     */
    public OutpostProcess awaitLog(String regex, Duration within) {
        Pattern pattern = Pattern.compile(regex);
        return awaitThat("a line with " + regex, within, () -> pattern.matcher(log()).find());
    }

    /** Waits until something accepts connections on a loopback port. */
    public OutpostProcess awaitPort(int port, Duration within) {
        return awaitThat("port " + port, within, () -> accepts(port));
    }

    /** Waits until all ports of the configuration accept connections. */
    public OutpostProcess awaitPorts(OutpostConfig config, Duration within) {
        config.allPorts().forEach(port -> awaitPort(port, within));
        return this;
    }

    private OutpostProcess awaitThat(String what, Duration within, BooleanSupplier holds) {
        try {
            await().atMost(within)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> holds.getAsBoolean() || !isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no %s within %s:%n%s".formatted(what, within, log()), e);
        }
        // what it wrote last may be what is waited for
        if (!isAlive() && !holds.getAsBoolean()) {
            throw new AssertionError(
                    "ended with %d before %s:%n%s".formatted(process.exitValue(), what, log()));
        }
        return this;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Waits for its own end.
     *
     * @return the exit code
     * @throws AssertionError if it still runs after that time
     */
    public int awaitExit(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still runs after " + within + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGTERM and waits for the end; returns the exit code. */
    public int stop(Duration within) {
        process.destroy();
        return awaitExit(within);
    }

    /** Sends SIGTERM and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(END);
    }

    /**
     * The token a server left for the command line in its data folder.
     *
     * @throws UncheckedIOException if there is none
     */
    public static String cliToken(Path dataDir) {
        try {
            return Files.readString(dataDir.resolve("cli.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asserts that the output holds neither a report of Netty's leak detector nor any of these
     * secrets. The secrets do not appear in the error.
     */
    public void assertNoLeaks(String... secrets) {
        List<String> lines = log().lines().toList();
        List<String> leaks = lines.stream().filter(line -> line.contains("LEAK:")).toList();
        if (!leaks.isEmpty()) {
            throw new AssertionError("leaked buffers:\n" + String.join("\n", leaks));
        }
        for (int i = 0; i < secrets.length; i++) {
            String secret = secrets[i];
            long count = lines.stream().filter(line -> line.contains(secret)).count();
            if (count > 0) {
                throw new AssertionError("secret %d is in %d lines".formatted(i, count));
            }
        }
    }

    /** Ends the process if it still runs, with SIGKILL if SIGTERM does not do it in 20 seconds. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
