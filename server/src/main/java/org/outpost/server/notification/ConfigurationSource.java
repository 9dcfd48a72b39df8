package org.outpost.server.notification;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the settings came from, to read them again. */
public final class ConfigurationSource {
    private final @Nullable Path file;
    private final @Nullable FileState seen;
    private final Reader reader;
    private final Consumer<Effective<Configuration>> accepted;

    private ConfigurationSource(
            @Nullable Path file,
            @Nullable FileState seen,
            Reader reader,
            Consumer<Effective<Configuration>> accepted) {
        this.file = file;
        this.seen = seen;
        this.reader = reader;
        this.accepted = accepted;
    }

    /**
     * Looks at the file. To be called before it is read for the start, so that a change in between
     * is noticed.
     *
     * @param file that may change; null when there is none
     * @param reader reads it with the variables and flags of the start
     */
    public static ConfigurationSource of(@Nullable Path file, Reader reader) {
        return new ConfigurationSource(
                file, file == null ? null : FileState.of(file), reader, _ -> {});
    }

    /** Reads the settings. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads the settings.
         *
         * @throws ConfigurationException with all that is wrong
         */
        Effective<Configuration> read() throws ConfigurationException;
    }

    /** Settings that never change. */
    public static ConfigurationSource fixed(Effective<Configuration> settings) {
        return of(null, () -> settings);
    }

    /** The same source, telling what was read again and counts now. */
    public ConfigurationSource telling(Consumer<Effective<Configuration>> listener) {
        return new ConfigurationSource(file, seen, reader, listener);
    }

    void accepted(Effective<Configuration> settings) {
        accepted.accept(settings);
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
