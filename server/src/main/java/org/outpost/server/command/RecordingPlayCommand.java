package org.outpost.server.command;

import org.outpost.server.command.redirection.RawTerminal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code outpost recording play}. */
@Command(
        name = "play",
        description = {
            "Show a recording in this terminal as it went; Ctrl-C leaves. Without a terminal: its"
                    + " text at once, without colours and cursor movements. That it was played is"
                    + " in the audit trail.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost recording play k7wq2m9xta --speed 4 --idle-limit 2",
            "  outpost recording play k7wq2m9xta | grep -i error"
        },
        mixinStandardHelpOptions = true)
final class RecordingPlayCommand extends ApiCommand {
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 1000;
    private static final double LONGEST_PAUSE = 86_400;

    @Parameters(paramLabel = "ID", description = "Which one; see: outpost recording list")
    private String id = "";

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "So many times as fast, 0.01 to 1000. Default: 1.")
    private double speed = 1;

    @Option(
            names = "--idle-limit",
            paramLabel = "SECONDS",
            description =
                    "Make pauses no longer than this, 0 to 86400; before --speed counts. Default:"
                            + " as they were.")
    private double idleLimit = LONGEST_PAUSE;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        // Written so that what is not a number is out of range, too.
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new ParameterException(spec().commandLine(), "--speed must be 0.01 to 1000");
        }
        if (!(idleLimit >= 0 && idleLimit <= LONGEST_PAUSE)) {
            throw new ParameterException(
                    spec().commandLine(), "--idle-limit must be 0 to 86400 seconds");
        }
        // The whole file first: no server waits for the pauses of somebody who looks.
        try {
            Path folder = Files.createTempDirectory("outpost-recording-");
            Path file = folder.resolve("session.cast");
            file.toFile().deleteOnExit();
            try {
                RecordingFile.copy(client, id, file);
                play(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new CommandFailedException("the recording cannot be played: " + Reason.of(e), e);
        }
    }

    private void play(Path file) throws IOException, CommandFailedException {
        boolean terminal = RawTerminal.isThere();
        try (BufferedReader cast = Files.newBufferedReader(file)) {
            new RecordingPlayer(
                            out(),
                            terminal
                                    ? new RecordingPlayer.AsItWas(speed, idleLimit, Thread::sleep)
                                    : new RecordingPlayer.Text())
                    .play(cast);
        }
    }
}
