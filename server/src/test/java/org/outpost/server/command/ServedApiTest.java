package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConfigurationLoader;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.serve.OutpostServer;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands against a server of ours, on free ports of loopback. */
class ServedApiTest {
    @TempDir private Path folder;
    private final List<OutpostServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(OutpostServer::stop);
    }

    @Test
    void commandsReachAServerWhoseOwnCertificateIsForAPublicName() throws Exception {
        TestIdentity web = TestCa.in(folder).server("web", "mps.example.com", List.of());
        serve(
                """
                web: { port: 0, certificate: %s, key: %s }
                """
                        .formatted(web.certificateFile(), web.keyFile()));

        assertThat(list().err()).isEmpty();
        assertThat(list().exitCode()).isZero();
    }

    @Test
    void commandsTrustExactlyThatCertificate() throws Exception {
        TestCa ca = TestCa.in(folder);
        TestIdentity web = ca.server("web", "mps.example.com", List.of("127.0.0.1"));
        TestIdentity other = ca.server("other", "mps.example.com", List.of("127.0.0.1"));
        serve(
                """
                web: { port: 0, certificate: %s, key: %s }
                """
                        .formatted(web.certificateFile(), web.keyFile()));
        Path location = folder.resolve("data/api.json");
        Files.writeString(
                location,
                Files.readString(location)
                        .replace(
                                web.certificateFile().toString(),
                                other.certificateFile().toString()));

        assertThat(list().err())
                .contains("shows another certificate than the first one in")
                .contains(other.certificateFile().toString());
    }

    @Test
    void whoComesFromElsewhereThanAllowedIsToldSo() throws Exception {
        serve("web: { port: 0, allow: [192.0.2.0/24] }\n");

        assertThat(list().err())
                .isEqualTo(
                        "outpost: Forbidden: This address is not on the allow list of the web door:"
                                + " web.allow in the server's configuration\n");
        assertThat(list().exitCode()).isEqualTo(1);
    }

    @Test
    void theSettingsOfTheServerAreThoseOfItsFile() throws Exception {
        serve("web: { port: 0, allow: [127.0.0.0/8] }\n");

        assertThat(run("settings", "list", "web.allow").out())
                .containsSubsequence("web.allow", "[\"127.0.0.0/8\"]", "outpost.yaml:6");
        assertThat(run("settings", "show", "tunnel.listeners[0].tls").out())
                .containsSubsequence("Value    none", "outpost.yaml:2", "at the next start");
        assertThat(run("channel", "list").out()).isEqualTo("No such channel is open.\n");
        assertThat(run("channel", "show", "1").err()).contains("No channel has the number 1");
        assertThat(run("tunnel", "list", "--busiest").out()).isEqualTo("No tunnel is open.\n");
    }

    private CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void theTokenIsInNoLogHoweverMuchIsLogged() throws Exception {
        serve("web: { port: 0 }\n");
        String token = Files.readString(folder.resolve("data/cli.token")).strip();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        all.start();
        root.addAppender(all);
        try {
            assertThat(setLevel("org.eclipse.jetty", "debug").err())
                    .contains("below info this logger prints the passwords and tokens of requests");
            assertThat(setLevel("root", "trace").exitCode()).isZero();
            assertThat(list().exitCode()).isZero();
        } finally {
            root.setLevel(before);
            root.detachAppender(all);
        }

        List<ILoggingEvent> events = List.copyOf(all.list);
        assertThat(events).anyMatch(event -> event.getLevel().equals(Level.TRACE));
        assertThat(events)
                .extracting(
                        event ->
                                event.getLoggerName()
                                        + " "
                                        + event.getFormattedMessage()
                                        + event.getKeyValuePairs())
                .noneMatch(line -> line.contains(token));
    }

    private CommandRun setLevel(String logger, String level) {
        return CommandRun.of(
                "log-level", "set", logger, level, "--data-dir", folder.resolve("data").toString());
    }

    private CommandRun list() {
        return CommandRun.of("tunnel", "list", "--data-dir", folder.resolve("data").toString());
    }

    private void serve(String more) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("outpost.yaml"),
                        """
                        data-dir: data
                        tunnel: { listeners: [{ port: 0, tls: none, address: 127.0.0.1 }] }
                        http-proxy: { port: 0 }
                        socks: { port: 0 }
                        management: { port: 0 }
                        """
                                + more);
        Effective<Configuration> configuration =
                new ConfigurationLoader(folder, folder)
                        .load(Optional.of(file), Map.of(), List.of());
        OutpostServer server = new OutpostServer(configuration);
        servers.add(server);
        server.start();
    }
}
