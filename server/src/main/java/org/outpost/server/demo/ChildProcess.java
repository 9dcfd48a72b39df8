package org.outpost.server.demo;

import org.outpost.server.command.CommandFailedException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that the demo runs, with its output in a file. It is sent away in good order by {@link
 * #stop}; and should the demo itself die without a word, it gets the same SIGTERM.
 */
final class ChildProcess {
    /*
     * A small shell around the program. Ctrl-C and a closed terminal reach every process of the
     * terminal, so the program ignores both: in which order things end is the demo's to say. Beside
     * the program a reader waits at a pipe whose other end only the demo has. A line means that all
     * is well; the end of the pipe without one means that the demo has died. The program itself
     * replaces the shell, so that its number is the shell's ($$), also for that reader.
     */
    private static final String GUARD =
            "trap '' INT HUP; exec 3<&0;"
                    + " (read -r line <&3 || kill -TERM $$ 2>/dev/null) &"
                    + " exec \"$@\" 3<&- </dev/null";

    private final String name;
    private final Path log;
    private final Duration patience;
    private final Process process;

    private ChildProcess(String name, Path log, Duration patience, Process process) {
        this.name = name;
        this.log = log;
        this.patience = patience;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param name what it is called in messages
     * @param log where its output goes; written anew
     * @param patience how long it may take to end
     */
    static ChildProcess start(String name, Path log, Duration patience, List<String> command)
            throws IOException {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "sh"));
        guarded.addAll(command);
        Process process =
                Launcher.process(guarded)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ChildProcess(name, log, patience, process);
    }

    /** What it is called in messages. */
    String name() {
        return name;
    }

    /** Done when it ended. */
    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Nothing while it runs.
     *
     * @throws CommandFailedException with the end of its log when it does not
     */
    void check() throws CommandFailedException {
        if (!process.isAlive()) {
            throw new CommandFailedException(
                    "the "
                            + name
                            + " ended with exit code "
                            + process.exitValue()
                            + LogTail.of(log));
        }
    }

    /**
     * Asks it to end with SIGTERM and waits; kills it when it takes longer. Not to be interrupted:
     * it is what comes after an interruption.
     *
     * @return whether it ended by itself
     */
    boolean stop() {
        process.destroy();
        boolean ended = hasEnded();
        if (!ended) {
            process.destroyForcibly();
            hasEnded();
        }
        release();
        return ended;
    }

    private boolean hasEnded() {
        boolean interrupted = false;
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write("\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The reader went first.
        }
    }
}
