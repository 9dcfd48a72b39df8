package org.outpost.server.command;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/** Shows an asciicast v2 file: a line that describes it, then a line for each event. */
final class RecordingPlayer {
    /** Colours as they were, the cursor to be seen. */
    private static final String RESET = "\u001b[0m\u001b[?25h\r\n";

    private final PrintWriter out;
    private final Manner manner;
    private final JsonMapper json = new JsonMapper();

    /** How it is shown. */
    sealed interface Manner {}

    /**
     * With everything that the host sent, and its pauses.
     *
     * @param speed so many times as fast
     * @param longestPause in seconds, before the speed counts
     */
    record AsItWas(double speed, double longestPause, Sleeper sleeper) implements Manner {}

    /** The text alone, at once. */
    record Text() implements Manner {}

    /** Lets time pass. */
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    RecordingPlayer(PrintWriter out, Manner manner) {
        this.out = out;
        this.manner = manner;
    }

    /**
     * Shows it. Blocks.
     *
     * @throws CommandFailedException when it is no recording, or was interrupted
     */
    void play(BufferedReader cast) throws IOException, CommandFailedException {
        String first = cast.readLine();
        if (first == null || read(first).path("version").asInt(0) != 2) {
            throw new CommandFailedException("this is no asciicast v2 recording");
        }
        try {
            switch (manner) {
                case AsItWas pace -> asItWas(cast, pace);
                case Text() -> text(cast);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private void asItWas(BufferedReader cast, AsItWas pace)
            throws IOException, InterruptedException, CommandFailedException {
        double last = 0;
        for (String line = cast.readLine(); line != null; line = cast.readLine()) {
            JsonNode event = read(line);
            double time = event.path(0).asDouble(last);
            double seconds = Math.min(Math.max(0, time - last), pace.longestPause()) / pace.speed();
            last = time;
            if (seconds > 0) {
                pace.sleeper().sleep(Duration.ofNanos((long) (seconds * 1e9)));
            }
            out.print(shown(event, "\r\n"));
            out.flush();
        }
        out.print(RESET);
        out.flush();
    }

    private void text(BufferedReader cast) throws IOException, CommandFailedException {
        PlainText plain = new PlainText();
        for (String line = cast.readLine(); line != null; line = cast.readLine()) {
            out.print(plain.of(shown(read(line), "\n")));
        }
        out.println();
        out.flush();
    }

    /** What the host printed, or a remark of the recorder; nothing of kinds that are not known. */
    private static String shown(JsonNode event, String lineEnd) {
        String text = event.path(2).asString("");
        return switch (event.path(1).asString("")) {
            case "o" -> text;
            case "m" -> lineEnd + "[" + TerminalText.visible(text) + "]" + lineEnd;
            default -> "";
        };
    }

    private JsonNode read(String line) throws CommandFailedException {
        try {
            return json.readTree(line);
        } catch (JacksonException e) {
            throw new CommandFailedException("this is no asciicast v2 recording", e);
        }
    }
}
