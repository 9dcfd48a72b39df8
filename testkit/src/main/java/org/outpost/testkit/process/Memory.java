package org.outpost.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process, from Linux's {@code /proc/PID/smaps_rollup}.
 *
 * @param residentBytes pages in memory, shared ones counted fully (RSS)
 * @param proportionalBytes pages in memory, shared ones counted by their share (PSS)
 */
public record Memory(long residentBytes, long proportionalBytes) {
    /**
     * Reads the memory of a process.
     *
     * @throws UncheckedIOException if there is no such process, or no such file on this system
     */
    public static Memory of(long pid) {
        try {
            List<String> lines =
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
            return new Memory(bytes(lines, "Rss:"), bytes(lines, "Pss:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + key));
    }
}
