package org.outpost.server.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.Console;
import java.util.Locale;

/** Asks before something is done that loses what is not saved. */
final class LossQuestion {
    @Option(
            names = {"-y", "--yes"},
            description =
                    "Do not ask before something is done that loses what is not saved. Needed where"
                            + " nobody can be asked.")
    private boolean yes;

    /**
     * Returns when it may be done.
     *
     * @param what such as {@code reset pc-1}
     * @throws CommandFailedException when the person at the terminal says no
     * @throws ParameterException when there is nobody to ask
     */
    void ask(CommandSpec spec, String what) throws CommandFailedException {
        if (yes) {
            return;
        }
        Console console = PasswordPrompt.terminal();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "to "
                            + what
                            + " loses what is not saved there; say that you want it with --yes");
        }
        String answer =
                console.readLine(
                        "%s", "To " + what + " loses what is not saved there. Do it? [y/N] ");
        if (!isYes(answer == null ? "" : answer)) {
            throw new CommandFailedException("nothing was done");
        }
    }

    /** Whether that is a yes. */
    static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
