package org.outpost.server.notification;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;

import java.nio.file.Path;

/** Where the settings came from, to read them again. */
public final class ConfigurationSource {
    private final @Nullable Path file;
    private final @Nullable FileState seen;
    private final Reader reader;

    private ConfigurationSource(@Nullable Path file, Reader reader) {
        this.file = file;
        this.seen = file == null ? null : FileState.of(file);
        this.reader = reader;
    }

    /**
     * Looks at the file. To be called before it is read for the start, so that a change in between
     * is noticed.
     *
     * @param file that may change; null when there is none
     * @param reader reads it with the variables and flags of the start
     */
    public static ConfigurationSource of(@Nullable Path file, Reader reader) {
        return new ConfigurationSource(file, reader);
    }

    /** Reads the settings. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads the settings.
         *
         * @throws ConfigurationException with all that is wrong
         */
        Configuration read() throws ConfigurationException;
    }

    /** Settings that never change. */
    public static ConfigurationSource fixed(Configuration configuration) {
        return new ConfigurationSource(null, () -> configuration);
    }

    @Nullable Path file() {
        return file;
    }

    /** How the file was before it was read for the start; null when it was not to be seen. */
    @Nullable FileState seen() {
        return seen;
    }

    Reader reader() {
        return reader;
    }
}
