package org.outpost.server.configuration.binding;

/**
 * Where a value was written.
 *
 * @param source the file, environment variable or flag
 * @param line its line, from 1; 0 where there are no lines
 */
public record Origin(String source, int line) {
    /** Whether it stands in a file, and so relative paths are relative to that. */
    boolean isInFile() {
        return line > 0;
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
