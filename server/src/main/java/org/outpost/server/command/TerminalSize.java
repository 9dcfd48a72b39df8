package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How wide the output may be. */
public final class TerminalSize {
    /** The width of what is no terminal: nothing is cut in a file or a pipe. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int LEAST = 20;
    private static final int USUAL = 80;

    private TerminalSize() {}

    /** Whether both input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // its contract still allows null
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * Columns of the terminal: as the environment variable {@code COLUMNS} says, else as the
     * terminal itself says, else 80; at least 20. {@link #UNLIMITED} where there is no terminal.
     */
    public static int columns(Map<String, String> environment) {
        Integer wanted = number(environment.get("COLUMNS"));
        if (wanted != null) {
            return Math.max(LEAST, wanted);
        }
        if (!isTerminal()) {
            return UNLIMITED;
        }
        Integer asked = ask();
        return asked == null ? USUAL : Math.max(LEAST, asked);
    }

    // Java cannot ask a terminal for its size; stty (POSIX) asks the one it has as its input.
    private static @Nullable Integer ask() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(2, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return null;
            }
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return number(answer.strip().replaceFirst("^\\d+ ", ""));
        } catch (IOException _) {
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{0,5}") ? Integer.valueOf(text) : null;
    }
}
