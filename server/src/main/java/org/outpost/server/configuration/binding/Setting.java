package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;

/**
 * One key with the value that counts.
 *
 * @param path such as {@code tunnel.listeners[0].port}
 * @param value a text, a number, true or false, a list of texts, or texts by name; null when there
 *     is none. A secret is not in it.
 * @param hidden whether the value is a secret, for which a word stands
 * @param source where it comes from
 * @param place file and line, variable or flag; empty for a default
 * @param meaning what the key means
 * @param change how it is changed
 */
public record Setting(
        String path,
        @Nullable Object value,
        boolean hidden,
        Source source,
        String place,
        String meaning,
        Change change) {
    /** Whether somebody wrote it. */
    public boolean isWritten() {
        return source != Source.DEFAULT;
    }

    /** Where values come from, the later over the earlier. */
    public enum Source {
        /** Nobody wrote it. */
        DEFAULT("default"),
        /** The configuration file. */
        FILE("file"),
        /** An environment variable. */
        ENVIRONMENT("environment"),
        /** A flag of the command line. */
        COMMAND_LINE("command-line");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** How the API calls it. */
        public String label() {
            return label;
        }
    }
}
