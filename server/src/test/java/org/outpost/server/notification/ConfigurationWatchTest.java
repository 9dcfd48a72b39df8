package org.outpost.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConfigurationLoader;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each line is a look; nothing here waits for time to pass. */
class ConfigurationWatchTest {
    private final List<Integer> ports = new ArrayList<>();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(folder.resolve("outpost.yaml"), "web: { port: 1 }\n");
    }

    private Effective<Configuration> read() throws ConfigurationException {
        return new ConfigurationLoader(folder, folder).load(Optional.of(file), Map.of(), List.of());
    }

    private ConfigurationWatch watch(ConfigurationSource source) {
        return new ConfigurationWatch(
                source, configuration -> ports.add(configuration.web().port()));
    }

    @Test
    void aFileThatStaysIsNotReadAgain() {
        try (ConfigurationWatch watch = watch(ConfigurationSource.of(file, this::read))) {
            watch.look();
        }

        assertThat(ports).isEmpty();
    }

    @Test
    void aChangeBetweenTheFirstReadingAndTheFirstLookIsNoticed() throws Exception {
        ConfigurationSource source = ConfigurationSource.of(file, this::read);
        read();
        Files.writeString(file, "web: { port: 8443 }\n");

        try (ConfigurationWatch watch = watch(source)) {
            watch.look();
            watch.look();
        }

        assertThat(ports).containsExactly(8443);
    }
}
