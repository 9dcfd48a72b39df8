package org.outpost.it.support;

import org.outpost.testkit.process.Command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** curl without anybody's own settings. */
public final class Curl {
    private Curl() {}

    /** Runs curl with these arguments; the result's output is the response's body. */
    public static Command.Result run(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("curl", "-q", "-sS", "--noproxy", "", "--max-time", "50"));
        words.addAll(Arrays.asList(arguments));
        return Command.of(words.toArray(String[]::new)).within(Duration.ofSeconds(60)).run();
    }

    /** The status line, fields and body of the last response, as {@code curl -i} prints them. */
    public static String show(String... arguments) {
        List<String> words = new ArrayList<>(List.of("-i"));
        words.addAll(Arrays.asList(arguments));
        return run(words.toArray(String[]::new)).out();
    }
}
