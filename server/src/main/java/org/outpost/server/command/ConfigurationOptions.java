package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConfigurationLoader;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a command takes the server's settings from. */
public final class ConfigurationOptions {
    private static final String FILE_VARIABLE = "OUTPOST_CONFIG";

    /** Environment variables that mean something else than a key of the configuration. */
    private static final List<String> OTHER_VARIABLES =
            List.of(FILE_VARIABLE, "OUTPOST_JAVA", "OUTPOST_JAVA_OPTS", "OUTPOST_TOKEN");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration file. Without it: $OUTPOST_CONFIG, or the defaults alone.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key over the file, as in --set http-proxy.port=8081. Repeatable.")
    private final List<String> flags = new ArrayList<>();

    /** The file that the user named, by option or by variable. */
    public Optional<Path> file() {
        String variable = System.getenv().getOrDefault(FILE_VARIABLE, "");
        if (file != null) {
            return Optional.of(file);
        }
        return variable.isEmpty() ? Optional.empty() : Optional.of(Path.of(variable));
    }

    /**
     * Reads the settings: file, environment, flags.
     *
     * @throws ConfigurationException with all that is wrong
     */
    public Effective<Configuration> load() throws ConfigurationException {
        Path working = Path.of("").toAbsolutePath();
        String home = System.getProperty("outpost.home", "");
        ConfigurationLoader loader =
                new ConfigurationLoader(home.isEmpty() ? working : Path.of(home), working);
        return loader.load(file(), variables(), flags);
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.keySet().removeAll(OTHER_VARIABLES);
        return variables;
    }
}
