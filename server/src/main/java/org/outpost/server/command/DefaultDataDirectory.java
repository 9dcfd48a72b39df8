package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a server keeps its data when nobody says otherwise.
 *
 * @param path the folder, which need not exist
 */
public record DefaultDataDirectory(Path path) {
    /** The system property with the folder of the installation, as the launcher sets it. */
    public static final String HOME = "outpost.home";

    /** The environment variable that names the data folder. */
    public static final String VARIABLE = "OUTPOST_DATA_DIR";

    /** As this process was started. */
    public static DefaultDataDirectory ofThisProcess() {
        return of(System.getenv(), System.getProperty(HOME));
    }

    static DefaultDataDirectory of(Map<String, String> environment, @Nullable String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return new DefaultDataDirectory(Path.of(named));
        }
        return new DefaultDataDirectory(
                home == null || home.isEmpty() ? Path.of("data") : Path.of(home, "data"));
    }
}
