package org.outpost.testkit.apf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole APF session written down byte for byte. {@link ApfReplay} plays one side of it.
 *
 * <p>A line is one of: {@code # comment}; {@code let name = value}, a default for {@code ${name}}
 * below; {@code D> message} or {@code S> message}, where a message is what {@link MessageText}
 * reads, or {@code end} (that side closes the connection), with {@code 10 x} before the message to
 * repeat it; {@code D* action} or {@code S* action}, what that side does without being asked by a
 * message. The actions in use are listed in the module's README.
 */
public final class ApfTranscript {
    private static final Pattern LET = Pattern.compile("let ([a-z-]+) = (.*)");
    private static final Pattern LINE = Pattern.compile("([DS])([>*]) (?:(\\d+) x )?(.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z-]+)}");

    private final String name;
    private final String source;
    private final Map<String, String> given;
    private final List<Step> steps = new ArrayList<>();

    private ApfTranscript(String name, String source, Map<String, String> given) {
        this.name = name;
        this.source = source;
        this.given = given;
        read();
    }

    /**
     * One of testkit's own transcripts.
     *
     * @param name for example {@code session-start}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ApfTranscript named(String name) {
        return of(name, resource(name + ".apf.txt"));
    }

    /** All of testkit's own transcripts, in the order of their index. */
    public static List<ApfTranscript> all() {
        return resource("transcripts.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .map(ApfTranscript::named)
                .toList();
    }

    /**
     * A transcript from its text.
     *
     * @throws IllegalArgumentException with the number of the first line that cannot be read
     */
    public static ApfTranscript of(String name, String source) {
        return new ApfTranscript(name, source, Map.of());
    }

    private static String resource(String file) {
        try (InputStream in = ApfTranscript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same session with another value for one of its variables.
     *
     * @throws IllegalArgumentException if the transcript has no such variable
     */
    public ApfTranscript with(String variable, Object value) {
        if (source.lines().noneMatch(line -> line.startsWith("let " + variable + " = "))) {
            throw new IllegalArgumentException(name + " has no variable " + variable);
        }
        Map<String, String> more = new TreeMap<>(given);
        more.put(variable, value.toString());
        return new ApfTranscript(name, source, more);
    }

    /** Like {@link #with}, but a transcript without the variable stays as it is. */
    public ApfTranscript withIfPresent(String variable, Object value) {
        return source.contains("let " + variable + " = ") ? with(variable, value) : this;
    }

    /** The name of the resource without its ending. */
    public String name() {
        return name;
    }

    /** What happens, in order. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    @Override
    public String toString() {
        return name;
    }

    private void read() {
        Map<String, String> variables = new TreeMap<>();
        int number = 0;
        for (String line : source.lines().map(String::strip).toList()) {
            number++;
            try {
                readLine(number, line, variables);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        name + " line " + number + ": " + e.getMessage(), e);
            }
        }
    }

    private void readLine(int number, String line, Map<String, String> variables) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher let = LET.matcher(line);
        if (let.matches()) {
            variables.put(let.group(1), given.getOrDefault(let.group(1), let.group(2)));
            return;
        }
        Matcher match = LINE.matcher(substitute(line, variables));
        if (!match.matches()) {
            throw new IllegalArgumentException("neither comment, let, message nor action: " + line);
        }
        ApfSide side = match.group(1).equals("D") ? ApfSide.DEVICE : ApfSide.SERVER;
        String text = match.group(4);
        int times = match.group(3) == null ? 1 : Integer.parseInt(match.group(3));
        for (int i = 0; i < times; i++) {
            steps.add(step(number, side, match.group(2).equals("*"), text));
        }
    }

    private static Step step(int line, ApfSide side, boolean action, String text) {
        if (action) {
            return new Step.Action(line, side, text);
        }
        return text.equals("end")
                ? new Step.End(line, side)
                : new Step.Message(line, side, text, Octets.of(MessageText.bytes(text)));
    }

    private static String substitute(String line, Map<String, String> variables) {
        return VARIABLE.matcher(line)
                .replaceAll(
                        match -> {
                            String value = variables.get(match.group(1));
                            if (value == null) {
                                throw new IllegalArgumentException("no variable " + match.group(1));
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    /** One line of a transcript. */
    public sealed interface Step {
        /** Its line number, from 1. */
        int line();

        /** Whose turn it is. */
        ApfSide side();

        /** The side sends a message. */
        record Message(int line, ApfSide side, String text, Octets bytes) implements Step {}

        /** The side ends the connection. */
        record End(int line, ApfSide side) implements Step {}

        /** The side does something of its own accord. */
        record Action(int line, ApfSide side, String text) implements Step {}
    }
}
