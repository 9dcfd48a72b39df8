package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.ConfigurationReader;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.configuration.binding.EffectiveSettings;
import org.outpost.server.configuration.binding.Setting;
import org.outpost.server.configuration.binding.Setting.Source;
import org.outpost.server.configuration.binding.YamlWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class EffectiveSettingsTest {
    /** In every place where a secret can stand. */
    private static final String SECRET = "S3cr3t-0f-th1s-t3st";

    @TempDir private Path folder;

    @BeforeEach
    void writeSecrets() throws IOException {
        for (String name : List.of("devices.passwd", "db.pw", "ldap.pw", "amt.pw", "hook.pw")) {
            Files.writeString(folder.resolve(name), "user:" + SECRET + "\n");
        }
    }

    private Effective<Configuration> load(
            String yaml, Map<String, String> environment, String... flags) throws Exception {
        Path file = Files.writeString(folder.resolve("outpost.yaml"), yaml);
        // Not the loader, which would look for plug-ins.
        return new ConfigurationReader(folder, folder)
                .read(
                        Configuration.class,
                        Optional.of(file),
                        Map.of(),
                        environment,
                        List.of(flags));
    }

    private static Setting find(List<Setting> all, String path) {
        return all.stream()
                .filter(setting -> setting.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not in " + all));
    }

    @Test
    void eachKeyTellsItsValueAndWhereItComesFrom() throws Exception {
        List<Setting> all =
                EffectiveSettings.of(
                        load(
                                """
                                web: { allow: [10.0.0.0/8] }
                                tunnel:
                                  listeners:
                                    - { port: 4434, tls: legacy }
                                  timeouts: { tls: 1500ms }
                                logging: { levels: { org.outpost.gateway: debug } }
                                """,
                                Map.of("OUTPOST_HTTP_PROXY_PORT", "8081"),
                                "socks.port=1081"));

        assertThat(find(all, "tunnel.listeners[0].port"))
                .isEqualTo(
                        new Setting(
                                "tunnel.listeners[0].port",
                                4434,
                                false,
                                Source.FILE,
                                folder.resolve("outpost.yaml") + ":4",
                                find(all, "tunnel.listeners[0].port").meaning(),
                                Change.RESTART));
        assertThat(find(all, "tunnel.listeners[0].tls").value()).isEqualTo("legacy");
        assertThat(find(all, "tunnel.timeouts.tls").value()).isEqualTo("1500ms");
        assertThat(find(all, "web.allow").value()).isEqualTo(List.of("10.0.0.0/8"));
        assertThat(find(all, "logging.levels").value())
                .isEqualTo(Map.of("org.outpost.gateway", "debug"));
        assertThat(find(all, "http-proxy.port"))
                .matches(one -> one.source() == Source.ENVIRONMENT)
                .matches(one -> one.place().equals("OUTPOST_HTTP_PROXY_PORT"))
                .matches(one -> Objects.equals(one.value(), 8081));
        assertThat(find(all, "socks.port"))
                .matches(one -> one.source() == Source.COMMAND_LINE)
                .matches(one -> one.place().equals("--set socks.port"));
        assertThat(find(all, "socks.enabled"))
                .matches(one -> one.source() == Source.DEFAULT)
                .matches(one -> one.place().isEmpty())
                .matches(one -> Objects.equals(one.value(), true));
        assertThat(find(all, "database.url").value()).isNull();
        assertThat(find(all, "console.authenticators[0].type").value())
                .isEqualTo("insecure-accept-any");
    }

    @Test
    void eachKeyIsThereOnceAndIsDescribed() throws Exception {
        List<Setting> all = EffectiveSettings.of(load("{}", Map.of()));

        assertThat(all).hasSizeGreaterThan(100);
        assertThat(new HashSet<>(all.stream().map(Setting::path).toList())).hasSameSizeAs(all);
        assertThat(all).allMatch(setting -> !setting.meaning().isEmpty());
        assertThat(all).noneMatch(Setting::isWritten);
    }

    @Test
    void noSecretIsInAnyOfThem() throws Exception {
        String yaml =
                """
                database:
                  url: "jdbc:postgresql://db.example.com/outpost?sslmode=verify-full"
                  password-file: db.pw
                tunnel:
                  authenticators:
                    - { type: password-file, file: devices.passwd }
                    - { type: plugin, name: crm, parameters: "key=%1$s" }
                    - { type: ldap, urls: [ldaps://dc.example.com], base: "dc=example",
                        filter: "(uid={user})", service-dn: "cn=s", service-password-file: ldap.pw }
                access:
                  oidc: { issuer: "https://user:%1$s@id.example.com/realms/office?key=%1$s" }
                amt: { password-file: amt.pw }
                notifications:
                  subscribers:
                    - { type: cloudevents-http, url: "https://hooks.example.com/a?token=%1$s",
                        credentials: hook.pw }
                egress: { allow: [hooks.example.com:443] }
                """
                        .formatted(SECRET);
        Effective<Configuration> effective =
                load(
                        yaml,
                        Map.of(
                                "OUTPOST_CONSOLE_AUTHENTICATORS",
                                "[{type: plugin, name: env, parameters: " + SECRET + "}]"),
                        "access.authenticators=[{type: plugin, name: flag, parameters: "
                                + SECRET
                                + "}]");

        List<Setting> all = EffectiveSettings.of(effective);

        assertThat(all.toString()).doesNotContain(SECRET);
        assertThat(YamlWriter.write(effective.settings())).doesNotContain(SECRET);
        for (String path :
                List.of(
                        "tunnel.authenticators[1].parameters",
                        "console.authenticators[0].parameters",
                        "access.authenticators[0].parameters")) {
            assertThat(find(all, path))
                    .as(path)
                    .matches(Setting::hidden)
                    .matches(one -> Objects.equals(one.value(), "(hidden)"));
        }
        assertThat(find(all, "access.authenticators[0].parameters").place())
                .isEqualTo("--set access.authenticators");
        assertThat(find(all, "access.oidc.issuer").value())
                .isEqualTo("https://(hidden)@id.example.com/realms/office?(hidden)");
        assertThat(find(all, "notifications.subscribers[0].url").value())
                .isEqualTo("https://hooks.example.com/a?(hidden)");
        assertThat(find(all, "database.url").value()).asString().endsWith("sslmode=verify-full");
    }

    @Test
    void whatCanBeChangedWithoutARestartSaysSo() throws Exception {
        List<Setting> all = EffectiveSettings.of(load("{}", Map.of()));

        assertThat(find(all, "web.port").change()).isEqualTo(Change.RESTART);
        assertThat(find(all, "web.certificate").change()).isEqualTo(Change.NAMED_FILE);
        assertThat(find(all, "tunnel.listeners[0].crl").change()).isEqualTo(Change.NAMED_FILE);
        assertThat(find(all, "egress.allow").change()).isEqualTo(Change.CONFIGURATION_FILE);
        assertThat(find(all, "logging.level").change()).isEqualTo(Change.API);
    }

    @Test
    void aRunningServerHasTheSubscribersOfNowAndTheRestOfItsStart() throws Exception {
        Effective<Configuration> start =
                load(
                        """
                        web: { port: 8443 }
                        egress: { allow: [a.example.com:443] }
                        """,
                        Map.of());
        RunningSettings running = new RunningSettings(start);
        assertThat(running.all()).isEqualTo(EffectiveSettings.of(start));

        running.readAgain(
                load(
                        """
                        web: { port: 9443 }
                        egress: { allow: [b.example.com:443] }
                        notifications:
                          subscribers:
                            - { type: cloudevents-http, url: "https://b.example.com/" }
                        """,
                        Map.of()));

        List<Setting> now = running.all();
        assertThat(find(now, "web.port").value()).isEqualTo(8443);
        assertThat(find(now, "egress.allow").value()).isEqualTo(List.of("b.example.com:443"));
        assertThat(find(now, "notifications.subscribers[0].url").value())
                .isEqualTo("https://b.example.com/");
        assertThat(now).noneMatch(one -> one.path().equals("notifications.subscribers"));
        running.readAgain(start);
        assertThat(running.all()).isEqualTo(EffectiveSettings.of(start));
    }
}
