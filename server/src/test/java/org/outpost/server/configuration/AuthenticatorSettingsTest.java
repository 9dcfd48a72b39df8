package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.Problem;
import org.outpost.server.configuration.binding.YamlWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of authenticators, and what is said when they cannot be used. */
class AuthenticatorSettingsTest {
    @TempDir private Path folder;

    private Configuration load(String yaml) throws ConfigurationException, IOException {
        Path file = Files.writeString(folder.resolve("outpost.yaml"), yaml);
        return new ConfigurationLoader(folder, folder)
                .load(Optional.of(file), Map.of(), List.of())
                .settings();
    }

    private List<String> errors(String yaml) {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> load(yaml));
        assertThat(failure).as("the file must be refused").isNotNull();
        return failure.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void noneIsNoTypeAndTheErrorSaysWhatToWriteInstead() {
        assertThat(errors("tunnel: { authenticators: [ { type: none } ] }"))
                .singleElement()
                .asString()
                .contains("tunnel.authenticators[0].type: \"none\" is no way to sign in")
                .contains("type: client-certificate")
                .contains("insecure-accept-any");
    }

    @Test
    void aCertificateHasDefaultsAndForConsolesNoUuid() throws Exception {
        assertThat(load("tunnel: { authenticators: [ { type: client-certificate } ] }"))
                .extracting(one -> one.tunnel().authenticators())
                .isEqualTo(
                        List.of(
                                new AuthenticatorSettings.Certificate(
                                        CertificatePrincipal.SUBJECT, CertificateNames.ANYTHING)));
        assertThat(
                        errors(
                                "console: { authenticators: [ { type: client-certificate,"
                                        + " must-name: uuid } ] }"))
                .singleElement()
                .asString()
                .contains("console.authenticators[0].must-name: ");
    }

    @Test
    void aPluginThatIsNotThereIsNamedWithTheFolder() {
        assertThat(errors("console: { authenticators: [ { type: plugin, name: corp } ] }"))
                .singleElement()
                .asString()
                .contains("console.authenticators[0].name: there is no plug-in \"corp\"")
                .contains(folder.resolve("data/plugins") + " does not exist");
        assertThat(errors("plugins: { folder: nowhere }"))
                .singleElement()
                .asString()
                .contains("plugins.folder: there is no folder " + folder.resolve("nowhere"));
    }

    @Test
    void theParametersOfAPluginAreNotShown() {
        AuthenticatorSettings.Plugin plugin =
                new AuthenticatorSettings.Plugin("corp", "s3cret", Duration.ofSeconds(3), 32);

        assertThat(plugin.toString()).doesNotContain("s3cret");
        assertThat(YamlWriter.write(plugin))
                .contains("type: plugin", "parameters: \"(hidden)\"")
                .doesNotContain("s3cret");
    }
}
