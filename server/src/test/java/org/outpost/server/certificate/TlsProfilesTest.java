package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.SslContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.server.datadir.CapturedLog;
import org.outpost.server.trust.ClientVerifier;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.certificate.TlsContexts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Real handshakes of the JDK's client with both TLS libraries as the server. */
final class TlsProfilesTest {
    @TempDir private static Path folder;

    private static TlsIdentity identity;
    private static TestCa consoles;
    private static ClientVerifier authorities;

    @BeforeAll
    static void firstStart() throws Exception {
        identity =
                new CertificateStore(folder, InstantSource.system())
                        .identity(ServerNames.of("mps.example.com", List.of()));
        consoles = TestCa.in(Files.createDirectory(folder.resolve("consoles")));
        authorities = Verifiers.of(consoles.caFile());
    }

    @Test
    void boringSslIsThereInTheBuild() {
        assertThat(OpenSsl.isAvailable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
    void modernSpeaksTls12AndTls13AndSendsTheWholeChain(boolean boringSsl, String protocol)
            throws Exception {
        SslContext context =
                new TlsProfiles(boringSsl).modern(identity, new ClientTrust.NotAsked(), tickets());
        assertThat(context instanceof OpenSslServerContext).isEqualTo(boringSsl);

        try (EchoServer server = new EchoServer(context)) {
            TlsClient.Outcome outcome = new TlsClient(trusting(), protocol).talk(server.address());

            assertThat(outcome.protocol()).isEqualTo(protocol);
            assertThat(outcome.echo()).isEqualTo("hello\n");
            assertThat(outcome.chain()).isEqualTo(identity.chain()).hasSize(2);
            assertThat(outcome.suite()).contains("AES_256_GCM");
            assertThat(server.handshake().succeeded()).isTrue();
        }
    }

    @Test
    void legacySpeaksNothingAboveTls12() throws Exception {
        SslContext context =
                new TlsProfiles(true).legacy(identity, new ClientTrust.NotAsked(), tickets());

        try (EchoServer server = new EchoServer(context)) {
            assertThat(
                            new TlsClient(trusting(), "TLSv1.3", "TLSv1.2")
                                    .talk(server.address())
                                    .protocol())
                    .isEqualTo("TLSv1.2");
        }
    }

    @Test
    void legacyIsRefusedWithoutBoringSsl() {
        TlsProfiles profiles = new TlsProfiles(false);

        assertThatThrownBy(() -> profiles.legacy(identity, new ClientTrust.NotAsked(), tickets()))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "a listener with `tls: legacy` needs BoringSSL, and Netty's native library"
                                + " for it cannot be loaded on this system (it has builds for Linux"
                                + " with glibc, on x86_64 and aarch64): use `tls: modern`, or"
                                + " another system");
    }

    @Test
    void withoutBoringSslThereIsOneWarning() throws Exception {
        try (CapturedLog log = new CapturedLog(TlsProfiles.class)) {
            TlsProfiles profiles = new TlsProfiles(false);
            profiles.modern(identity, new ClientTrust.NotAsked(), tickets());
            profiles.modern(identity, new ClientTrust.NotAsked(), tickets());

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("BoringSSL is not available here: TLS is the JDK's");
        }
    }

    @Test
    void aKeyThatTlsCannotUseIsAnError() throws Exception {
        PrivateKey key = KeyPairGenerator.getInstance("RSASSA-PSS").generateKeyPair().getPrivate();
        TlsIdentity unusable = new TlsIdentity(key, identity.chain());

        assertThatThrownBy(
                        () ->
                                new TlsProfiles(true)
                                        .modern(unusable, new ClientTrust.NotAsked(), tickets()))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith("TLS cannot use the certificate of CN=mps.example.com, ");
    }

    @ParameterizedTest
    @CsvSource({"RSA_3072", "P_256", "P_384"})
    void operatorsKeysOfOtherKindsShakeHands(Given.Kind kind) throws Exception {
        Given given =
                Given.server(
                        kind,
                        identity.certificate().getNotBefore().toInstant(),
                        identity.certificate().getNotAfter().toInstant());
        TlsIdentity own = new TlsIdentity(given.key(), List.of(given.certificate()));
        Path trusted = Files.writeString(folder.resolve(kind + ".pem"), given.certificatePem());

        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (EchoServer server =
                    new EchoServer(
                            new TlsProfiles(true)
                                    .modern(own, new ClientTrust.NotAsked(), tickets()))) {
                assertThat(
                                new TlsClient(TlsContexts.trusting(trusted), protocol)
                                        .talk(server.address())
                                        .echo())
                        .isEqualTo("hello\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
    void anOptionalCertificateIsSeenWhenItIsGoodAndNotMissed(boolean boringSsl, String protocol)
            throws Exception {
        try (EchoServer server = asking(boringSsl, new ClientTrust.Optional(authorities))) {
            new TlsClient(trusting(), protocol).talk(server.address());
            assertThat(server.handshake().client()).isEmpty();

            var console = consoles.client("console");
            new TlsClient(showing(consoles, "console"), protocol).talk(server.address());
            assertThat(server.handshake().client())
                    .hasValueSatisfying(
                            seen ->
                                    assertThat(seen.getSubjectX500Principal())
                                            .isEqualTo(
                                                    console.certificate()
                                                            .getSubjectX500Principal()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateThatIsShownMustBeGood(boolean boringSsl) throws Exception {
        TestCa strangers = TestCa.in(Files.createTempDirectory(folder, "strangers"));
        for (ClientTrust trust :
                List.of(
                        new ClientTrust.Optional(authorities),
                        new ClientTrust.Required(authorities))) {
            try (EchoServer server = asking(boringSsl, trust)) {
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    isRefused(server, new TlsClient(showing(strangers, "stranger"), protocol));
                    isRefused(
                            server,
                            new TlsClient(context(consoles.expiredClient("late")), protocol));
                    isRefused(server, new TlsClient(context(consoles.server()), protocol));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
    void nobodyComesInWithoutARequiredCertificate(boolean boringSsl, String protocol)
            throws Exception {
        try (EchoServer server = asking(boringSsl, new ClientTrust.Required(authorities))) {
            isRefused(server, new TlsClient(trusting(), protocol));

            new TlsClient(showing(consoles, "console"), protocol).talk(server.address());
            assertThat(server.handshake().client()).isPresent();
        }
    }

    @Test
    void authoritiesThatCannotBeReadAreAnError() throws IOException {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");

        assertThatThrownBy(() -> ClientTrust.authorities(missing))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "the authorities of client certificates, %s, cannot be used: there is no"
                                + " such file",
                        missing);
        assertThatThrownBy(() -> ClientTrust.authorities(empty))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "the authorities of client certificates, %s, cannot be used: there is no"
                                + " certificate (BEGIN CERTIFICATE) in it",
                        empty);
    }

    private static void isRefused(EchoServer server, TlsClient client) throws Exception {
        // With TLS 1.3 the client learns of it only when it reads.
        assertThatThrownBy(() -> client.talk(server.address())).isInstanceOf(IOException.class);
        assertThat(server.handshake().succeeded()).isFalse();
    }

    private static EchoServer asking(boolean boringSsl, ClientTrust trust)
            throws IdentityException {
        return new EchoServer(new TlsProfiles(boringSsl).modern(identity, trust, tickets()));
    }

    private static SSLContext trusting() {
        return TlsContexts.trusting(folder.resolve("ca.crt"));
    }

    /** Shows a new certificate of an authority, and trusts the server's. */
    private static SSLContext showing(TestCa issuer, String name) throws Exception {
        return context(issuer.client(name));
    }

    private static SSLContext context(TestIdentity client) throws Exception {
        char[] password = new char[0];
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(new TlsIdentity(client.key(), client.chain()).keyStore(password), password);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", identity.chain().getLast());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static SessionTickets tickets() {
        return new SessionTickets(SessionTickets.DEFAULT_LIFETIME);
    }
}
