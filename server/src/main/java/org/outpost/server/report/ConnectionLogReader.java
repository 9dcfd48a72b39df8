package org.outpost.server.report;

import org.outpost.server.logging.ConnectionLog.Event;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads a log of connections with its former files, in the order they were written. */
final class ConnectionLogReader {
    private static final int LONGEST_LINE = 64 * 1024;

    private final JsonMapper json = new JsonMapper();
    private final List<String> problems = new ArrayList<>();
    private long lines;

    /** A former file, as the log's rotation names it. */
    private record Former(Path file, String day, int number) {}

    /**
     * The files of one log, the oldest first.
     *
     * @param current the file that is written to; its former ones lie beside it
     * @throws IOException when the folder cannot be read
     */
    static List<Path> files(Path current) throws IOException {
        Path folder = Optional.ofNullable(current.toAbsolutePath().getParent()).orElse(current);
        Pattern former =
                Pattern.compile(
                        Pattern.quote(String.valueOf(current.getFileName()))
                                + "\\.(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,9})(\\.gz)?");
        List<Former> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Matcher name = former.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    found.add(new Former(file, name.group(1), Integer.parseInt(name.group(2))));
                }
            }
        }
        found.sort(Comparator.comparing(Former::day).thenComparing(Former::number));
        List<Path> files = new ArrayList<>(found.stream().map(Former::file).toList());
        if (Files.exists(current)) {
            files.add(current);
        }
        return files;
    }

    /** Hands over every event of a file; what cannot be read is a problem and no more. */
    void read(Path file, Consumer<LoggedEvent> each) {
        long number = 0;
        long firstBad = 0;
        long bad = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                Optional<LoggedEvent> event = parse(line);
                if (event.isPresent()) {
                    lines++;
                    each.accept(event.get());
                } else if (!line.isBlank()) {
                    bad++;
                    firstBad = firstBad == 0 ? number : firstBad;
                }
            }
        } catch (IOException e) {
            problems.add(file + " could not be read after line " + number + ": " + e.getMessage());
        }
        if (bad > 0) {
            problems.add(
                    bad
                            + (bad == 1 ? " line" : " lines")
                            + " of "
                            + file
                            + " could not be read, the first is line "
                            + firstBad);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!String.valueOf(file.getFileName()).endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private Optional<LoggedEvent> parse(String line) {
        if (line.length() > LONGEST_LINE) {
            return Optional.empty();
        }
        try {
            JsonNode node = json.readTree(line);
            for (Event event : Event.values()) {
                if (event.label().equals(node.path("event").asString(""))) {
                    return Optional.of(
                            new LoggedEvent(
                                    Instant.parse(node.path("time").asString("")),
                                    event,
                                    node.path("tunnel").asLong(0),
                                    node.path("cause").asString(""),
                                    Math.max(1, node.path("count").asLong(1))));
                }
            }
        } catch (JacksonException | DateTimeException _) {
            // Counted by the caller.
        }
        return Optional.empty();
    }

    /** What could not be read, in words. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** How many lines were read. */
    long lines() {
        return lines;
    }
}
