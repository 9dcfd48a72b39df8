package org.outpost.server.demo;

import org.outpost.server.command.TerminalSize;

import java.io.PrintWriter;

/**
 * Steps of the demo: on a terminal a line that changes in place, elsewhere one line for each step.
 */
final class Progress {
    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean inPlace;
    private final int width;

    /**
     * Progress on that output.
     *
     * @param width columns of the terminal
     */
    Progress(PrintWriter out, boolean inPlace, int width) {
        this.out = out;
        this.inPlace = inPlace;
        this.width = width;
    }

    /** On a terminal in place, unless that cannot do so. */
    static Progress to(PrintWriter out) {
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Progress(
                out, TerminalSize.isTerminal() && !dumb, TerminalSize.columns(System.getenv()));
    }

    /** How a step stands. */
    void show(String text) {
        if (inPlace) {
            out.print(START_OF_LINE + cut(text));
            out.flush();
        }
    }

    /** How a step ended. */
    void done(String text) {
        out.println((inPlace ? START_OF_LINE : "") + text);
        out.flush();
    }

    // A line that wraps cannot be overwritten.
    private String cut(String text) {
        return text.length() < width ? text : text.substring(0, width - 1);
    }
}
