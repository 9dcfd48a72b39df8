package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code openssl s_client} in the place of firmware of all ages. */
@NeedsTool("openssl")
final class OpensslClientTest {
    @TempDir private static Path folder;

    private static TlsIdentity identity;

    @BeforeAll
    static void firstStart() throws Exception {
        identity =
                new CertificateStore(folder, InstantSource.system())
                        .identity(ServerNames.of("mps.example.com", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1,   TLSv1,   AES128-SHA",
        "-tls1,   TLSv1,   AES256-SHA",
        "-tls1,   TLSv1,   ECDHE-RSA-AES128-SHA",
        "-tls1_1, TLSv1.1, AES128-SHA",
        "-tls1_1, TLSv1.1, ECDHE-RSA-AES256-SHA",
        "-tls1_2, TLSv1.2, AES128-SHA",
        "-tls1_2, TLSv1.2, AES128-GCM-SHA256",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384"
    })
    void legacySpeaksAsOldFirmwareDoes(String option, String protocol, String suite)
            throws Exception {
        try (EchoServer server = new EchoServer(legacy())) {
            Command.Result result = talk(server, option, "-cipher", suite + ":@SECLEVEL=0");

            assertThat(result.exit()).as(result.toString()).isZero();
            assertThat(result.err())
                    .contains("Protocol version: " + protocol + "\n")
                    .contains("Ciphersuite: " + suite + "\n")
                    .contains("Verification: OK\n")
                    .contains("Verified peername: mps.example.com\n");
            assertThat(result.out()).isEqualTo("hello\n");
            assertThat(server.handshake().protocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES256-SHA",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES128-SHA"
    })
    void modernSpeaksTls12WithEphemeralKeys(String option, String protocol, String suite)
            throws Exception {
        try (EchoServer server = new EchoServer(modern(true))) {
            Command.Result result = talk(server, option, "-cipher", suite);

            assertThat(result.exit()).as(result.toString()).isZero();
            assertThat(result.err())
                    .contains("Protocol version: " + protocol + "\n")
                    .contains("Ciphersuite: " + suite + "\n")
                    .contains("Verification: OK\n");
            assertThat(result.out()).isEqualTo("hello\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256"
            })
    void modernSpeaksTls13(String suite) throws Exception {
        try (EchoServer server = new EchoServer(modern(true))) {
            Command.Result result = talk(server, "-tls1_3", "-ciphersuites", suite);

            assertThat(result.exit()).as(result.toString()).isZero();
            assertThat(result.err())
                    .contains("Protocol version: TLSv1.3\n")
                    .contains("Ciphersuite: " + suite + "\n")
                    .contains("Verification: OK\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, -tls1",
        "true, -tls1_1",
        "true, -tls1_2:AES128-SHA",
        "true, -tls1_2:AES128-GCM-SHA256",
        "false, -tls1",
        "false, -tls1_1",
        "false, -tls1_2:AES128-SHA",
        "false, -tls1_2:AES128-GCM-SHA256"
    })
    void modernRefusesWhatIsOnlyForOldFirmware(boolean boringSsl, String asked) throws Exception {
        List<String> words = List.of(asked.split(":", -1));
        String suites = words.size() > 1 ? words.get(1) : "ALL";
        try (EchoServer server = new EchoServer(modern(boringSsl))) {
            Command.Result result =
                    talk(server, words.getFirst(), "-cipher", suites + ":@SECLEVEL=0");

            assertThat(result.exit()).as(result.toString()).isNotZero();
            assertThat(server.handshake().succeeded()).isFalse();
        }
    }

    @Test
    void theWholeChainIsSent() throws Exception {
        try (EchoServer server = new EchoServer(legacy())) {
            Command.Result result =
                    Command.of(
                                    "openssl",
                                    "s_client",
                                    "-connect",
                                    "127.0.0.1:" + server.port(),
                                    "-showcerts",
                                    "-ign_eof",
                                    "-CAfile",
                                    folder.resolve("ca.crt").toString())
                            .fedWith("hello\n")
                            .run();

            assertThat(result.out())
                    .contains(PemFile.text(identity.chain().subList(0, 1)).strip())
                    .contains(PemFile.text(identity.chain().subList(1, 2)).strip())
                    .contains("Verify return code: 0 (ok)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "legacy, -tls1, ''",
        "legacy, -tls1, -no_ticket",
        "legacy, -tls1_2, ''",
        "legacy, -tls1_2, -no_ticket",
        "modern, -tls1_2, ''",
        "modern, -tls1_2, -no_ticket",
        "modern, -tls1_3, ''",
        "jdk, -tls1_2, ''",
        "jdk, -tls1_2, -no_ticket",
        "jdk, -tls1_3, ''"
    })
    void sessionsAreResumed(String profile, String protocol, String ticket) throws Exception {
        SslContext context =
                switch (profile) {
                    case "legacy" -> legacy();
                    case "modern" -> modern(true);
                    default -> modern(false);
                };
        String session = folder.resolve("session.pem").toString();
        List<String> options = new ArrayList<>(List.of(protocol, "-cipher", "ALL:@SECLEVEL=0"));
        if (!ticket.isEmpty()) {
            options.add(ticket);
        }
        try (EchoServer server = new EchoServer(context)) {
            assertThat(session(server, options, "-sess_out", session)).contains("\nNew, ");
            assertThat(session(server, options, "-sess_in", session)).contains("\nReused, ");
        }
        // Another context, such as that of another door, knows nothing of it.
        try (EchoServer other =
                new EchoServer(profile.equals("legacy") ? legacy() : modern(true))) {
            assertThat(session(other, options, "-sess_in", session)).contains("\nNew, ");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, -tls1_2", "true, -tls1_3", "false, -tls1_2", "false, -tls1_3"})
    void aResumedSessionStillHasTheClientsCertificate(boolean boringSsl, String protocol)
            throws Exception {
        TestCa consoles = TestCa.in(Files.createTempDirectory(folder, "consoles"));
        TestIdentity console = consoles.client("console");
        SslContext context =
                new TlsProfiles(boringSsl)
                        .modern(
                                identity,
                                new ClientTrust.Required(Verifiers.of(consoles.caFile())),
                                tickets());
        String session = folder.resolve("client-session.pem").toString();
        List<String> showing =
                List.of(
                        protocol,
                        "-cert",
                        console.certificateFile().toString(),
                        "-key",
                        console.keyFile().toString());

        try (EchoServer server = new EchoServer(context)) {
            assertThat(session(server, showing, "-sess_out", session)).contains("\nNew, ");
            assertThat(server.handshake().client()).contains(console.certificate());
            assertThat(session(server, List.of(protocol), "-sess_in", session))
                    .contains("\nReused, ");
            assertThat(server.handshake().client()).contains(console.certificate());
        }
    }

    private static String session(
            EchoServer server, List<String> options, String direction, String file) {
        List<String> words =
                new ArrayList<>(
                        List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
        words.addAll(options);
        words.addAll(List.of("-ign_eof", direction, file));
        return Command.of(words.toArray(String[]::new)).fedWith("hello\n").run().succeeded().out();
    }

    private static Command.Result talk(EchoServer server, String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
        words.addAll(List.of(options));
        words.addAll(
                List.of(
                        "-brief",
                        "-ign_eof",
                        "-verify_return_error",
                        "-verify_hostname",
                        "mps.example.com",
                        "-CAfile",
                        folder.resolve("ca.crt").toString()));
        return Command.of(words.toArray(String[]::new)).fedWith("hello\n").run();
    }

    private static SslContext legacy() throws IdentityException {
        return new TlsProfiles(true).legacy(identity, new ClientTrust.NotAsked(), tickets());
    }

    private static SslContext modern(boolean boringSsl) throws IdentityException {
        return new TlsProfiles(boringSsl).modern(identity, new ClientTrust.NotAsked(), tickets());
    }

    private static SessionTickets tickets() {
        return new SessionTickets(SessionTickets.DEFAULT_LIFETIME);
    }
}
