package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.Problem;
import org.outpost.testkit.certificate.TestCa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class LdapConfigurationTest {
    @TempDir private Path folder;

    private Configuration load(String keys) throws ConfigurationException, IOException {
        Path file =
                Files.writeString(
                        folder.resolve("outpost.yaml"),
                        "console: { authenticators: [ { type: ldap, " + keys + " } ] }\n");
        return new ConfigurationLoader(folder, folder)
                .load(Optional.of(file), Map.of(), List.of())
                .settings();
    }

    private List<String> errors(String keys) {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> load(keys));
        assertThat(failure).as("the file must be refused").isNotNull();
        return failure.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aDirectoryWithEverythingIsUnderstood() throws Exception {
        TestCa ca = TestCa.in(folder);
        Files.writeString(folder.resolve("service.password"), "s3cret\n");

        Configuration configuration =
                load(
                        """
                        urls: ["ldaps://dc1.example.com", "ldap://dc2.example.com:3389"], start-tls: true,
                        ca: %s, base: "dc=example,dc=com", filter: "(sAMAccountName={user})",
                        service-dn: "cn=outpost,dc=example,dc=com", service-password-file: service.password,
                        group: "cn=mps,dc=example,dc=com", remember: 0s
                        """
                                .formatted(ca.caFile())
                                .replace('\n', ' '));

        assertThat(configuration.console().authenticators())
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthenticatorSettings.Ldap.class,
                        ldap ->
                                assertThat(
                                                LdapConfiguration.read(
                                                        ldap,
                                                        (key, reason) -> {
                                                            throw new AssertionError(key + reason);
                                                        }))
                                        .isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "urls: [] , bind-dn: \"uid={user},dc=x\" | urls: is empty",
                "urls: [dc1], bind-dn: \"uid={user},dc=x\" | urls[0]: \"dc1\" is not ldap://",
                "urls: [\"ldap://dc1\"], bind-dn: \"uid={user},dc=x\" | urls[0]: passwords would"
                        + " cross",
                "urls: [\"ldaps://dc1\"] | base: is missing",
                "urls: [\"ldaps://dc1\"], base: \"dc=x\" | filter: is missing",
                "urls: [\"ldaps://dc1\"], base: \"dc=x\", filter: \"(uid=x)\" | filter: \"(uid=x)\""
                        + " has no {user}",
                "urls: [\"ldaps://dc1\"], base: \"dc=x\", bind-dn: \"uid={user}\" | bind-dn: cannot"
                        + " stand beside",
                "urls: [\"ldaps://dc1\"], bind-dn: \"uid={user}\", service-dn: \"cn=x\" |"
                        + " service-dn: needs its password",
            })
    void whatCannotWorkIsSaidBeforeTheStart(String keys, String error) {
        assertThat(errors(keys))
                .singleElement()
                .asString()
                .contains("console.authenticators[0]." + error);
    }

    @Test
    void plainLdapIsForThisMachineOrForThoseWhoSaySo() throws Exception {
        for (String keys :
                List.of(
                        "urls: [\"ldap://127.0.0.1:389\"]",
                        "urls: [\"ldap://dc1\"], start-tls: true",
                        "urls: [\"ldap://dc1\"], insecure: true")) {
            assertThat(load(keys + ", bind-dn: \"uid={user},dc=x\"")).isNotNull();
        }
    }
}
