package org.outpost.server.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.time.Duration;

/** The option of commands whose answer may be shown again and again. */
final class Watch {
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** Cursor to the first column of the first line, and everything erased (ECMA-48). */
    private static final String BLANK_SCREEN = "\033[H\033[2J";

    @Option(
            names = "--watch",
            description = "Show it anew every 2 s until Ctrl-C; needs a terminal.")
    private boolean wanted;

    /** Asks and shows once. */
    @FunctionalInterface
    interface Step {
        void show() throws CommandFailedException;
    }

    /** Shows once, or again and again. */
    void run(CommandSpec spec, boolean json, Step step) throws CommandFailedException {
        if (!wanted) {
            step.show();
            return;
        }
        if (json || !TerminalSize.isTerminal()) {
            throw new ParameterException(
                    spec.commandLine(), "--watch needs a terminal, and does not go with --json");
        }
        PrintWriter out = spec.commandLine().getOut();
        while (true) {
            out.print(BLANK_SCREEN);
            step.show();
            out.flush();
            Pause.of(EVERY);
        }
    }
}
