package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Asks for a password: at the terminal without echo, else from the first line of the input. */
final class PasswordPrompt {
    private final InputStream input;

    /**
     * @param input where the password is read from when there is no terminal, as UTF-8
     */
    PasswordPrompt(InputStream input) {
        this.input = input;
    }

    String once(String question) throws CommandFailedException {
        Console console = terminal();
        return checked(console == null ? line() : ask(console, question));
    }

    /** Has it typed twice, since nobody sees what is typed. */
    String twice(String question) throws CommandFailedException {
        Console console = terminal();
        if (console == null) {
            return checked(line());
        }
        String first = checked(ask(console, question));
        if (!first.equals(ask(console, "The same again: "))) {
            throw new CommandFailedException("the two passwords differ; try again");
        }
        return first;
    }

    /** Where somebody sits; null when input and output are not a terminal. */
    static @Nullable Console terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    }

    private static String ask(Console console, String question) throws CommandFailedException {
        char[] typed = console.readPassword("%s", question);
        if (typed == null) {
            throw new CommandFailedException("no password was given");
        }
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
    }

    private String line() throws CommandFailedException {
        try {
            // Not closed: standard input is not ours to close.
            String line =
                    new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))
                            .readLine();
            if (line == null) {
                throw new CommandFailedException(
                        "no password was given; type it, or put it on standard input");
            }
            return line;
        } catch (IOException e) {
            throw new CommandFailedException("the password cannot be read from the input", e);
        }
    }

    private static String checked(String password) throws CommandFailedException {
        if (password.isEmpty()) {
            throw new CommandFailedException("the password is empty; choose another");
        }
        return password;
    }
}
