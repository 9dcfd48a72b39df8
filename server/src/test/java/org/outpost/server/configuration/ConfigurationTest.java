package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.server.configuration.AuthenticatorSettings.InsecureAcceptAny;
import org.outpost.server.configuration.AuthenticatorSettings.PasswordFile;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.configuration.binding.Subnet;
import org.outpost.server.configuration.binding.YamlWriter;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConfigurationTest {
    private static final String AUTHENTICATORS =
            " password-file, device-table, users, client-certificate, ldap, plugin,"
                    + " insecure-accept-any";

    @TempDir private Path folder;

    @Test
    void theFileOfTheIssueWorksAsWritten() throws Exception {
        Path passwords = Files.writeString(folder.resolve("devices.passwd"), "a:b\n");

        Configuration configuration =
                load(
                        """
                        data-dir: %s/data
                        tunnel:
                          listeners:
                            - { port: 4433, tls: modern }          # tls: modern | legacy | none
                          authenticators:
                            - { type: password-file, file: %s }   # lines user:password
                          limits: { tunnels: 20000, new-connections-per-address-per-second: 0, handshakes-in-flight: 2000 }   # 0 = no limit
                        console:
                          authenticators:
                            - { type: insecure-accept-any }        # doors then bind loopback unless an address is written
                        http-proxy: { port: 8080 }
                        socks: { port: 1080 }
                        web: { port: 8443 }
                        """
                                .formatted(folder, passwords));

        assertThat(configuration.dataDir()).isEqualTo(folder.resolve("data"));
        assertThat(configuration.tunnel().listeners())
                .satisfiesExactly(
                        listener -> {
                            assertThat(listener.port()).isEqualTo(4433);
                            assertThat(listener.tls()).isEqualTo(TlsProfile.MODERN);
                            assertThat(listener.address()).isEmpty();
                            assertThat(listener.clientCertificate())
                                    .isEqualTo(ClientCertificate.NONE);
                        });
        assertThat(configuration.tunnel().authenticators())
                .containsExactly(new PasswordFile(passwords));
        assertThat(configuration.tunnel().limits().tunnels()).isEqualTo(20000);
        assertThat(configuration.tunnel().limits().newConnectionsPerAddressPerSecond()).isZero();
        assertThat(configuration.tunnel().limits().handshakesInFlight()).isEqualTo(2000);
        assertThat(configuration.console().authenticators())
                .containsExactly(new InsecureAcceptAny());
        assertThat(configuration.httpProxy().port()).isEqualTo(8080);
        assertThat(configuration.socks().port()).isEqualTo(1080);
        assertThat(configuration.web().port()).isEqualTo(8443);
    }

    @Test
    void withoutAFileTheDefaultsHold() throws Exception {
        Configuration configuration =
                loader().load(Optional.empty(), Map.of(), List.of()).settings();

        assertThat(configuration.dataDir()).isEqualTo(folder.resolve("home/data"));
        assertThat(configuration.tunnel().listeners())
                .extracting(TunnelListener::port)
                .containsExactly(4433);
        assertThat(configuration.tunnel().authenticators()).isEmpty();
        assertThat(configuration.console().authenticators())
                .containsExactly(new InsecureAcceptAny());
        assertThat(configuration.management().port()).isNull();
        assertThat(configuration.devices().admitUnknown()).isTrue();
    }

    @Test
    void everyErrorIsNamedAtOnceWithItsLineItsKeyAndWhatToWrite() {
        List<String> errors =
                errors(
                        """
                        data-dir: data
                        tunel: {}
                        tunnel:
                          listeners:
                            - { port: 70000, tls: modem }
                            - { tls: none }
                          authenticators:
                            - { type: password-file, file: missing.passwd }
                            - { type: kerberos }
                            - { file: x }
                          timeouts: { tls: 10 }
                        http-proxy:
                          prot: 8080
                          port: "8080"
                        socks: { port: 1080, port: 1081 }
                        web: { port: eight, allow: [10.0.0.0/33] }
                        devices: { admit-unknown: yes }
                        management: 9090
                        """);

        assertThat(errors)
                .containsExactly(
                        ":2: tunel: unknown key; did you mean \"tunnel\"?",
                        ":5: tunnel.listeners[0].port: 70000 is out of range; write 0 to 65535",
                        ":5: tunnel.listeners[0].tls: \"modem\" is not one of the words known here;"
                                + " write one of: modern, legacy, none",
                        ":6: tunnel.listeners[1].port: is missing; write it",
                        ":8: tunnel.authenticators[0].file: there is no file "
                                + folder
                                + "/missing.passwd; make it, or write where it is",
                        ":9: tunnel.authenticators[1].type: \"kerberos\" is not known; write one"
                                + " of:"
                                + AUTHENTICATORS,
                        ":10: tunnel.authenticators[2]: \"type\" is missing; write one of:"
                                + AUTHENTICATORS,
                        ":11: tunnel.timeouts.tls: \"10\" is not a duration; write a number with"
                                + " its unit, such as 500ms, 10s, 5m, 1h or 1d",
                        ":13: http-proxy.prot: unknown key; did you mean \"port\"?",
                        ":14: http-proxy.port: \"8080\" is not a number; write it in digits,"
                                + " without quotes",
                        ":15: socks.port: written twice, first in line 15; remove one of them",
                        ":16: web.port: \"eight\" is not a number; write it in digits, without"
                                + " quotes",
                        ":16: web.allow[0]: \"10.0.0.0/33\" is not a range of addresses; write one"
                                + " such as 10.0.0.0/8 or \"2001:db8::/32\"",
                        ":17: devices.admit-unknown: \"yes\" is neither true nor false; write one",
                        ":18: management: is a section, but \"9090\" is written");
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() {
        List<String> errors =
                errors(
                        """
                        tunnel:
                          listeners:
                            - { port: 8080, tls: modern }
                        http-proxy: { port: 8080, client-certificate: required }
                        socks: { tls: legacy, key: outpost.yaml }
                        """);

        assertThat(errors)
                .containsExactly(
                        ":4: http-proxy.port: 8080 is the port of tunnel.listeners[0] too; write"
                                + " another",
                        ":4: http-proxy.client-certificate: needs TLS; write \"tls: modern\""
                                + " beside it",
                        ":4: http-proxy.client-certificate: needs to know whose certificates are"
                                + " good; write \"client-ca: FILE\" beside it",
                        ":5: socks.key: needs its certificate; write \"certificate: FILE\" beside"
                                + " it",
                        ":5: socks.tls: \"legacy\" is for devices only; write modern or none");
    }

    @Test
    void aPlainListenerStaysOnLoopbackOrNamesItsPeers() throws Exception {
        assertThat(
                        errors(
                                """
                                tunnel:
                                  listeners:
                                    - { port: 1, tls: none, address: 0.0.0.0 }
                                    - { port: 2, tls: none }
                                    - { port: 3, tls: none, address: 192.0.2.1, allow: [192.0.2.9] }
                                    - port: 4
                                      tls: modern
                                      allow: [192.0.2.0/24]
                                      proxy-protocol: { from: [198.51.100.1], certificate-tlv: 5 }
                                """))
                .satisfiesExactly(
                        plain ->
                                assertThat(plain)
                                        .startsWith(":3: tunnel.listeners[0].tls: \"none\" on an")
                                        .contains("write \"allow: [ADDRESS]\""),
                        tlv ->
                                assertThat(tlv)
                                        .startsWith(":9: tunnel.listeners[3].proxy-protocol")
                                        .contains("5 is not a type for own use"),
                        from ->
                                assertThat(from)
                                        .startsWith(":9: tunnel.listeners[3].proxy-protocol.from")
                                        .endsWith(
                                                "may not connect at all; write it into"
                                                        + " \"allow\" too"));
        TunnelListener plain =
                loader().load(
                                Optional.empty(),
                                Map.of("OUTPOST_TUNNEL_LISTENERS", "[{port: 2, tls: none}]"),
                                List.of())
                        .settings()
                        .tunnel()
                        .listeners()
                        .getFirst();
        assertThat(new Addresses(true).forDevices(plain))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void oneCertificateCannotBeMadeOutToDifferentNames() throws Exception {
        String listeners =
                """
                tunnel:
                  listeners:
                    - { port: 4433, tls: modern, name: a.test, names: [10.0.0.1] }
                    - { port: 4434, tls: modern, name: a.test, names: [10.0.0.1] }
                    - { port: 4435, tls: modern, name: a.test, authority: rsa-3072 }
                    - { port: 4436, tls: modern, name: A.test, names: %s }
                """;

        assertThat(errors(listeners.formatted("[10.0.0.2]")))
                .singleElement()
                .asString()
                .startsWith(":6: tunnel.listeners[3].names: differ from those of")
                .contains("tunnel.listeners[0]");
        assertThat(load(listeners.formatted("[10.0.0.1]")).tunnel().listeners()).hasSize(4);
    }

    @Test
    void whatTheStartWouldRefuseIsFoundBeforeIt() throws Exception {
        TestCa ca = TestCa.in(folder);
        TestIdentity one = ca.server("one", "one.example.com", List.of());
        TestIdentity other = ca.server("other", "other.example.com", List.of());
        Files.writeString(folder.resolve("bad.passwd"), "a:b\nno colon\n");
        Files.writeString(folder.resolve("none.pem"), "nothing\n");

        List<String> errors =
                errors(
                        """
                        tunnel:
                          name: "two words"
                          names:
                            - mps.example.com
                            - "-"
                          authenticators:
                            - type: password-file
                              file: bad.passwd
                          listeners:
                            - port: 4433
                              tls: modern
                              certificate: %s
                              key: %s
                        http-proxy:
                          tls: modern
                          client-certificate: required
                          client-ca: none.pem
                        web:
                          certificate: none.pem
                          key: %s
                        """
                                .formatted(
                                        one.certificateFile(), other.keyFile(), other.keyFile()));

        assertThat(errors).hasSize(6);
        assertThat(errors.get(0)).startsWith(":2: tunnel.name: 'two words' is neither a host name");
        assertThat(errors.get(1)).startsWith(":5: tunnel.names[1]: '-' is neither a host name");
        assertThat(errors.get(2))
                .isEqualTo(
                        ":8: tunnel.authenticators[0].file: "
                                + folder.resolve("bad.passwd")
                                + " cannot be used: line 2: expected user:password");
        assertThat(errors.get(3))
                .startsWith(":12: tunnel.listeners[0].certificate: ")
                .endsWith("name the files that belong together");
        assertThat(errors.get(4)).startsWith(":17: http-proxy.client-ca: ").contains("none.pem");
        assertThat(errors.get(5)).startsWith(":19: web.certificate: ").contains("none.pem");
    }

    @Test
    void loggersThatPrintPasswordsAndTokensStayAtInfo() {
        List<String> errors =
                errors(
                        """
                        logging:
                          level: trace
                          levels:
                            org.eclipse.jetty: info
                            org.eclipse.jetty.http.HttpParser: debug
                            org.eclipse.jetty.server: trace
                            "two words": info
                        """);

        String reason =
                ": below info this logger prints the passwords and tokens of requests; write info,"
                        + " warn, error or off";
        assertThat(errors)
                .containsExactly(
                        ":5: logging.levels.org.eclipse.jetty.http.HttpParser" + reason,
                        ":6: logging.levels.org.eclipse.jetty.server" + reason,
                        ":7: logging.levels.two words: this is not a logger's name; write one such"
                                + " as org.outpost.gateway");
    }

    @Test
    void theSamePortOnOtherAddressesIsFine() throws Exception {
        Configuration configuration =
                load(
                        """
                        http-proxy: { port: 8080, address: 127.0.0.1 }
                        socks: { port: 8080, address: [127.0.0.2, "::1"] }
                        """);

        assertThat(configuration.socks().address())
                .containsExactly(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1, 2' | 1",
                "'a: b\nc: \"open' | 2",
                "'a: 1\n\tb: 2' | 2",
            })
    void textThatIsNotYamlIsNamedWithItsLine(String text, int line) {
        assertThat(errors(text)).first().asString().contains("not YAML").startsWith(":" + line);
    }

    @Test
    void aFileThatHoldsSomethingElseOrIsMissingIsNamed() {
        assertThat(errors("just text")).first().asString().contains("expected keys with values");
        ConfigurationException failure =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                loader().load(
                                                Optional.of(folder.resolve("gone.yaml")),
                                                Map.of(),
                                                List.of()));
        assertThat(failure).hasMessageEndingWith("gone.yaml: there is no such file");
    }

    @Test
    void variablesGoOverTheFileAndFlagsOverBoth() throws Exception {
        Path file = write("http-proxy: { port: 1 }\nsocks: { port: 2 }\nweb: { port: 3 }\n");

        Effective<Configuration> effective =
                loader().load(
                                Optional.of(file),
                                Map.of(
                                        "OUTPOST_SOCKS_PORT", "20",
                                        "OUTPOST_WEB_PORT", "30",
                                        "OUTPOST_TUNNEL_LISTENERS", "[{port: 40, tls: none}]",
                                        "OUTPOST_SERVICE_HOST", "10.0.0.1",
                                        "PATH", "/bin"),
                                List.of("web.port=300", "http-proxy.allow=10.0.0.0/8"));

        Configuration configuration = effective.settings();
        assertThat(configuration.httpProxy().port()).isEqualTo(1);
        assertThat(configuration.socks().port()).isEqualTo(20);
        assertThat(configuration.web().port()).isEqualTo(300);
        assertThat(configuration.tunnel().listeners().getFirst().port()).isEqualTo(40);
        assertThat(configuration.httpProxy().allow()).containsExactly(Subnet.parse("10.0.0.0/8"));
        assertThat(effective.ignored()).containsExactly("OUTPOST_SERVICE_HOST");
        assertThat(effective.origin("web.port").toString()).isEqualTo("--set web.port=300");
        assertThat(effective.origin("http-proxy.port").line()).isEqualTo(1);
    }

    @Test
    void aPathIsRelativeToTheFolderOfItsSource() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("etc"));
        Path file =
                Files.writeString(
                        elsewhere.resolve("outpost.yaml"),
                        """
                        tunnel: { authenticators: [{ type: password-file, file: file.passwd }] }
                        """);
        Files.writeString(elsewhere.resolve("file.passwd"), "a:b\n");
        Files.writeString(folder.resolve("flag.passwd"), "a:b\n");

        Configuration configuration =
                loader().load(
                                Optional.of(file),
                                Map.of("OUTPOST_DATA_DIR", "data"),
                                List.of(
                                        "console.authenticators="
                                                + "[{type: password-file, file: flag.passwd}]"))
                        .settings();

        assertThat(configuration.tunnel().authenticators())
                .containsExactly(new PasswordFile(elsewhere.resolve("file.passwd")));
        assertThat(configuration.console().authenticators())
                .containsExactly(new PasswordFile(folder.resolve("flag.passwd")));
        assertThat(configuration.dataDir()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void errorsInVariablesAndFlagsNameThem() {
        ConfigurationException failure =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                loader().load(
                                                Optional.empty(),
                                                Map.of("OUTPOST_SOCKS_PORT", "x"),
                                                List.of("web.prot=1", "web.port")));

        assertThat(failure.problems())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "environment variable OUTPOST_SOCKS_PORT: socks.port: \"x\" is not a"
                                + " number; write it in digits, without quotes",
                        "--set web.prot=1: web.prot: unknown key; did you mean \"web.port\"?",
                        "--set web.port: web.port: has no value; write --set KEY=VALUE");
    }

    @Test
    void theEffectiveConfigurationReadsBackAsItself() throws Exception {
        Path passwords = Files.writeString(folder.resolve("devices.passwd"), "a:b\n");
        Configuration configuration =
                load(
                        """
                        tunnel:
                          name: mps.example.com
                          names: [mps, "true", 10.0.0.5]
                          authenticators: [ { type: password-file, file: %s }, { type: insecure-accept-any } ]
                          timeouts: { tls: 1500ms, version: 90s }
                        http-proxy: { address: "::1", allow: [10.0.0.0/8, "2001:db8::/32"] }
                        logging: { format: json, levels: { org.outpost.gateway: debug } }
                        """
                                .formatted(passwords));

        Configuration again = load(YamlWriter.write(configuration));

        assertThat(again).isEqualTo(configuration);
        assertThat(again.tunnel().timeouts().tls()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void consoleDoorsListenOnLoopbackOnlyWhenEverybodyIsLetIn() throws Exception {
        Path passwords = Files.writeString(folder.resolve("users.passwd"), "a:b\n");
        Configuration open = load("{}");
        Configuration closed =
                load(
                        "console: { authenticators: [ { type: password-file, file: users.passwd } ]"
                                + " }");
        assertThat(passwords).exists();

        assertThat(new Addresses(true).forConsoles(List.of(), open))
                .containsExactly(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        assertThat(new Addresses(false).forConsoles(List.of(), open))
                .containsExactly(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(new Addresses(true).forConsoles(List.of(), closed))
                .containsExactly(InetAddress.ofLiteral("::"));
        InetAddress written = InetAddress.ofLiteral("192.0.2.1");
        assertThat(new Addresses(true).forConsoles(List.of(written), open))
                .containsExactly(written);
        assertThat(new Addresses(true).forOperators(List.of()))
                .containsExactly(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
    }

    @Test
    void withoutAFileConsoleDoorsListenOnLoopbackWhoeverIsLetIn() throws Exception {
        Files.writeString(folder.resolve("users.passwd"), "a:b\n");
        Configuration configuration =
                loader().load(
                                Optional.empty(),
                                Map.of("OUTPOST_SOCKS_ADDRESS", "192.0.2.1"),
                                List.of(
                                        "console.authenticators="
                                                + "[{type: password-file, file: users.passwd}]"))
                        .settings();

        Addresses addresses = new Addresses(true);
        assertThat(addresses.forConsoles(configuration.httpProxy().address(), configuration))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
        assertThat(addresses.forConsoles(configuration.web().address(), configuration))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
        assertThat(addresses.forConsoles(configuration.socks().address(), configuration))
                .containsExactly(InetAddress.ofLiteral("192.0.2.1"));
    }

    private ConfigurationLoader loader() {
        return new ConfigurationLoader(folder.resolve("home"), folder);
    }

    private Configuration load(String yaml) throws ConfigurationException, IOException {
        return loader().load(Optional.of(write(yaml)), Map.of(), List.of()).settings();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("outpost.yaml"), yaml);
    }

    private List<String> errors(String yaml) {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> load(yaml));
        assertThat(failure).as("the file must be refused").isNotNull();
        String file = folder.resolve("outpost.yaml").toString();
        return failure.problems().stream()
                .map(problem -> problem.toString().replaceFirst("^" + file, ""))
                .toList();
    }
}
