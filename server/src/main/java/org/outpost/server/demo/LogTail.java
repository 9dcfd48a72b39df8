package org.outpost.server.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for a user who has to see why something failed. */
final class LogTail {
    private static final int LINES = 15;
    private static final int BYTES = 16_384;

    private LogTail() {}

    /** The last lines, indented, below a line that names the file. */
    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            file.seek(start);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
            if (lines.isEmpty()) {
                return "; it wrote nothing to " + log;
            }
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES))
                    .map(line -> "\n  | " + line)
                    .collect(Collectors.joining("", "; the end of " + log + ":", ""));
        } catch (IOException _) {
            return "; its log " + log + " cannot be read";
        }
    }
}
