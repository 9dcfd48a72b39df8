package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.database.PostgresSettings;
import org.outpost.server.configuration.binding.ConfigurationException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DatabaseSettingsTest {
    @TempDir private Path folder;

    @Test
    void withoutAUrlItIsSqlite() throws Exception {
        assertThat(load("").database().postgres()).isEmpty();
    }

    @Test
    void aUrlIsPostgresWithItsPasswordFromAFile() throws Exception {
        Path password = Files.writeString(folder.resolve("db.password"), "Geheim1!");

        PostgresSettings postgres =
                load("""
                database:
                  url: jdbc:postgresql://db.example.com/outpost?sslmode=verify-full
                  user: mps
                  password-file: db.password
                """)
                        .database()
                        .postgres()
                        .orElseThrow();

        assertThat(postgres.url().jdbc())
                .isEqualTo("jdbc:postgresql://db.example.com/outpost?sslmode=verify-full");
        assertThat(postgres.user()).isEqualTo("mps");
        assertThat(postgres.passwordFile()).isEqualTo(password);
        assertThat(postgres.readers()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "'{ url: \"postgresql://a:Geheim1@db/outpost\" }', database.url, holds a password",
        "'{ url: \"mysql://db/outpost\" }', database.url, is no URL of PostgreSQL",
        "'{ url: \"postgresql://db/outpost\", password-file: gone }', database.password-file, there"
                + " is no file",
        "'{ user: mps }', database.user, is of no use without",
        "'{ url: \"postgresql://db/outpost\", password: Geheim1 }', database.password,"
                + " password-file",
        "'{ url: \"postgresql://db/outpost\", connections: 0 }', database.connections, out of range"
    })
    void whatCannotWorkIsAnErrorAtItsKey(String section, String key, String reason) {
        ConfigurationException refused =
                catchThrowableOfType(
                        ConfigurationException.class, () -> load("database: " + section));

        assertThat(refused).hasMessageContaining(key).hasMessageContaining(reason);
        assertThat(refused).hasMessageNotContaining("Geheim1");
    }

    @Test
    void consolesCannotSignInWithTheCredentialsOfDevices() {
        ConfigurationException refused =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                load(
                                        """
                                        tunnel: { authenticators: [ { type: device-table } ] }
                                        console: { authenticators: [ { type: device-table } ] }
                                        """));

        assertThat(refused)
                .hasMessageContaining("console.authenticators[0]")
                .hasMessageContaining("write password-file")
                .hasMessageNotContaining("tunnel.authenticators");
    }

    private Configuration load(String yaml) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("outpost.yaml"), "data-dir: " + folder + "/data\n" + yaml);
        return new ConfigurationLoader(folder, folder)
                .load(Optional.of(file), Map.of(), List.of())
                .settings();
    }
}
