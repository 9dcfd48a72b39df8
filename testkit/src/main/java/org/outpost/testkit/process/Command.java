package org.outpost.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that is run to its end, such as curl or openssl. Instances are immutable. */
public final class Command {
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    private final List<String> words;
    private final Duration deadline;
    private final Map<String, String> environment;
    private final byte[] input;

    private Command(
            List<String> words, Duration deadline, Map<String, String> environment, byte[] input) {
        this.words = List.copyOf(words);
        this.deadline = deadline;
        this.environment = Map.copyOf(environment);
        this.input = input;
    }

    /** A command with nothing on its standard input and 30 seconds to run. */
    public static Command of(String... words) {
        return new Command(List.of(words), DEFAULT_DEADLINE, Map.of(), new byte[0]);
    }

    /** A line for the shell, as a person would paste it. */
    public static Command shell(String line) {
        return of("sh", "-c", line);
    }

    /** Whether a program of this name is on the path. */
    public static boolean isInstalled(String program) {
        return find(program).isPresent();
    }

    /** Where on the path a program of this name is. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The same command with more or less time. */
    public Command within(Duration time) {
        return new Command(words, time, environment, input);
    }

    /** The same command with one more variable in its environment. */
    public Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(words, deadline, more, input);
    }

    /** The same command with a text on its standard input. */
    public Command fedWith(String text) {
        return new Command(words, deadline, environment, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Runs it to its end.
     *
     * @throws AssertionError if it takes too long; it is killed then
     * @throws UncheckedIOException if it cannot be started
     */
    public Result run() {
        try {
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().putAll(environment);
            Process process = builder.start();
            CompletableFuture<byte[]> out = inBackground(process.getInputStream());
            CompletableFuture<byte[]> err = inBackground(process.getErrorStream());
            CompletableFuture.runAsync(() -> feed(process), Command::virtually);
            boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Result result = new Result(words, process.exitValue(), out.join(), err.join());
            if (!ended) {
                throw new AssertionError("not done within " + deadline + ": " + result);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void feed(Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // it ended without reading all of it
        }
    }

    private static CompletableFuture<byte[]> inBackground(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> readAll(stream), Command::virtually);
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static void virtually(Runnable task) {
        Thread.ofVirtual().start(task);
    }

    /** What a command left behind. */
    public static final class Result {
        private final List<String> words;
        private final int exit;
        private final byte[] out;
        private final byte[] err;

        Result(List<String> words, int exit, byte[] out, byte[] err) {
            this.words = words;
            this.exit = exit;
            this.out = out;
            this.err = err;
        }

        /** Its exit code. */
        public int exit() {
            return exit;
        }

        /** Its standard output as text. */
        public String out() {
            return new String(out, StandardCharsets.UTF_8);
        }

        /** Its standard output as it is. */
        public byte[] outBytes() {
            return Arrays.copyOf(out, out.length);
        }

        /** Its standard error as text. */
        public String err() {
            return new String(err, StandardCharsets.UTF_8);
        }

        /**
         * This result, if the exit code is 0.
         *
         * @throws AssertionError otherwise
         */
        public Result succeeded() {
            if (exit != 0) {
                throw new AssertionError("failed: " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return "%s%nexit %d%n%s%n%s".formatted(String.join(" ", words), exit, out(), err());
        }
    }
}
