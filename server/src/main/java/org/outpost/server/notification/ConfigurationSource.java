package org.outpost.server.notification;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;

import java.nio.file.Path;

/**
 * Where the settings came from, to read them again.
 *
 * @param file that may change; null when there is none
 * @param reader reads it with the variables and flags of the start
 */
public record ConfigurationSource(@Nullable Path file, Reader reader) {
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
}
