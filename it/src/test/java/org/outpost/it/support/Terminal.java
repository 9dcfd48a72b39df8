package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionFactory;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program at a terminal of its own (a pty, made by Python), and a person in front of it. */
public final class Terminal implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PTY =
            "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

    private final Process process;
    private final StringBuilder seen = new StringBuilder(); // guarded by itself
    private final Thread reader;
    private int read;

    /** Starts a program. */
    public Terminal(String... command) {
        List<String> words = new ArrayList<>(List.of("python3", "-c", PTY));
        words.addAll(Arrays.asList(command));
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        byte[] block = new byte[4096];
        try (InputStream out = process.getInputStream()) {
            for (int count = out.read(block); count >= 0; count = out.read(block)) {
                show(new String(block, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            show(e.toString());
        }
    }

    private void show(String text) {
        synchronized (seen) {
            seen.append(text);
        }
    }

    /** Presses keys. */
    public void type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.ISO_8859_1));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError("nobody reads the keys any more: " + text(), e);
        }
    }

    /** Waits until this text appears after what was waited for before. */
    public void expect(String text) {
        String _ = expectAny(text);
    }

    /** Waits until one of these texts appears after what was waited for before; says which. */
    public String expectAny(String... texts) {
        return patiently()
                .until(
                        () -> {
                            Optional<String> found = find(texts);
                            assertThat(found.isPresent() || reader.isAlive())
                                    .as("%s after %d of%n%s", List.of(texts), read, text())
                                    .isTrue();
                            return found;
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> find(String... texts) {
        String shown = text();
        Optional<String> first =
                Stream.of(texts)
                        .filter(text -> shown.indexOf(text, read) >= 0)
                        .min(Comparator.comparingInt(text -> shown.indexOf(text, read)));
        first.ifPresent(text -> read = shown.indexOf(text, read) + text.length());
        return first;
    }

    /** Everything it has shown. */
    public String text() {
        synchronized (seen) {
            return seen.toString();
        }
    }

    /** Whether the program runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the program to end by itself, and gives its exit code. */
    public int awaitEnd() {
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(process.isAlive() || reader.isAlive())
                                        .as("it runs:%n%s", text())
                                        .isFalse());
        return process.exitValue();
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
