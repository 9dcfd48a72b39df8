package org.outpost.server.report;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A report with what was wrong on the way to it.
 *
 * @param problems what could not be read, in words
 * @param lines how many lines could be read
 */
public record ConnectionReport(Report report, List<String> problems, long lines) {
    /** Keeps its own copy. */
    public ConnectionReport {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a log of connections, former files included.
     *
     * @param log the file that the server writes to
     * @param from earlier events only tell what is open
     * @param to this moment and later ones do not count
     * @param unit hours or days
     * @throws IOException when there is no such log, or its folder cannot be read
     */
    public static ConnectionReport read(
            Path log, Instant from, Instant to, ZoneId zone, ChronoUnit unit) throws IOException {
        List<Path> files = ConnectionLogReader.files(log);
        if (files.isEmpty()) {
            throw new NoSuchFileException(log.toString());
        }
        ConnectionLogReader reader = new ConnectionLogReader();
        ReportBuilder builder = new ReportBuilder(from, to, zone, unit);
        for (Path file : files) {
            reader.read(file, builder::add);
        }
        return new ConnectionReport(builder.build(), reader.problems(), reader.lines());
    }
}
