package org.outpost.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A command line to be pasted into a shell: every word arrives as it was given (POSIX sh §2.2). */
final class ShellCommand {
    private static final String PLAIN = "[A-Za-z0-9_./:@%+=,-]+";

    private final List<String> words = new ArrayList<>();

    private ShellCommand(List<String> words) {
        this.words.addAll(words);
    }

    static ShellCommand of(Object... words) {
        return new ShellCommand(List.of()).and(words);
    }

    /** The same with more words. */
    ShellCommand and(Object... more) {
        ShellCommand longer = new ShellCommand(words);
        for (Object word : more) {
            longer.words.add(word.toString());
        }
        return longer;
    }

    private static String quoted(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
    }
}
