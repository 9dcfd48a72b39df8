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

    /** What kind of place it is. */
    Setting.Source kind() {
        if (isInFile()) {
            return Setting.Source.FILE;
        }
        if (source.startsWith(ConfigurationReader.VARIABLE)) {
            return Setting.Source.ENVIRONMENT;
        }
        return source.startsWith(ConfigurationReader.FLAG)
                ? Setting.Source.COMMAND_LINE
                : Setting.Source.DEFAULT;
    }

    /** Where it stands, without the value, which a flag holds too. */
    String place() {
        return switch (kind()) {
            case DEFAULT -> "";
            case FILE -> toString();
            case ENVIRONMENT -> source.substring(ConfigurationReader.VARIABLE.length());
            case COMMAND_LINE -> source.substring(0, Math.max(0, source.indexOf('=')));
        };
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
