package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.server.datadir.CapturedLog;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** An operator's own certificate is used as it is, or refused in words. */
final class GivenCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final Path certificate;
    private final Path key;
    private final GivenCertificate given;

    GivenCertificateTest(@TempDir Path folder) {
        certificate = folder.resolve("own.pem");
        key = folder.resolve("own.key");
        given = new GivenCertificate(certificate, key);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ED25519")
    void keysOfTheKindsThatTlsKnowsAreTaken(Given.Kind kind) throws Exception {
        Given pair = selfSigned(kind);
        write(pair);

        try (CapturedLog log = new CapturedLog(CapturedLog.class)) {
            TlsIdentity identity = given.read(clock);

            assertThat(identity.certificate()).isEqualTo(pair.certificate());
            assertThat(identity.key()).isEqualTo(pair.key());
            assertThat(log.all()).isEmpty();
        }
    }

    @Test
    void theChainIsKeptInItsOrder() throws Exception {
        Path folder = certificate.resolveSibling("ca");
        TestCa ca = TestCa.in(Files.createDirectory(folder));
        TestIdentity identity = ca.server();
        Files.writeString(
                certificate,
                Files.readString(identity.certificateFile()) + Files.readString(ca.caFile()));

        TlsIdentity read =
                new GivenCertificate(certificate, identity.keyFile()).read(InstantSource.system());

        assertThat(read.chain()).hasSize(2).first().isEqualTo(identity.certificate());
    }

    @Test
    @NeedsTool("openssl")
    void theTraditionalFormsOfOpensslAreTaken() throws Exception {
        for (Given.Kind kind : new Given.Kind[] {Given.Kind.RSA_2048, Given.Kind.P_256}) {
            Given pair = selfSigned(kind);
            write(pair);
            Path traditional = key.resolveSibling("traditional.key");
            Command.of(
                            "openssl",
                            "pkey",
                            "-traditional",
                            "-in",
                            key.toString(),
                            "-out",
                            traditional.toString())
                    .run()
                    .succeeded();

            assertThat(traditional).content().startsWith("-----BEGIN " + kind.algorithm() + " ");
            PrivateKey read = new GivenCertificate(certificate, traditional).read(clock).key();
            assertThat(KeyMatch.of(read, pair.certificate())).isTrue();
        }
    }

    @Test
    @NeedsTool("openssl")
    void encryptedKeysAreRefused() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        for (String form : new String[] {"pkcs8", "traditional"}) {
            Path encrypted = key.resolveSibling(form);
            Command.of(
                            "openssl",
                            "pkey",
                            form.equals("traditional") ? "-traditional" : "-aes256",
                            "-aes256",
                            "-passout",
                            "pass:secret",
                            "-in",
                            key.toString(),
                            "-out",
                            encrypted.toString())
                    .run()
                    .succeeded();

            assertThatThrownBy(() -> new GivenCertificate(certificate, encrypted).read(clock))
                    .isInstanceOf(IdentityException.class)
                    .hasMessage(
                            "the configured server key, %s, cannot be used: it is encrypted, and"
                                    + " the server has nobody to ask for the password",
                            encrypted);
        }
    }

    @Test
    void aMissingCertificate() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.delete(certificate);

        isRefused(
                "the configured server certificate, %s, cannot be used: there is no such file",
                certificate);
    }

    @Test
    void aMissingKey() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.delete(key);

        isRefused("the configured server key, %s, cannot be used: there is no such file", key);
    }

    @Test
    void filesThatWereSwapped() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        GivenCertificate swapped = new GivenCertificate(key, certificate);

        assertThatThrownBy(() -> swapped.read(clock))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "the configured server certificate, %s, cannot be used: there is no"
                                + " certificate (BEGIN CERTIFICATE) in it",
                        key);
    }

    @Test
    void aFolderInThePlaceOfTheKey() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.delete(key);
        Files.createDirectory(key);

        isRefused("the configured server key, %s, cannot be used: Is a directory", key);
    }

    @Test
    void aKeyThatBelongsToAnother() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.writeString(key, selfSigned(Given.Kind.RSA_2048).keyPem());

        isRefused(
                "the configured server key, %s, is not that of the first certificate in %s: name"
                        + " the files that belong together",
                key, certificate);
    }

    @Test
    void aKeyOfAnotherKind() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.writeString(key, selfSigned(Given.Kind.P_256).keyPem());

        isRefused(
                "the configured server key, %s, is not that of the first certificate in %s: name"
                        + " the files that belong together",
                key, certificate);
    }

    @Test
    void aKindOfKeyThatNotBothTlsLibrariesKnow() throws Exception {
        write(selfSigned(Given.Kind.ED25519));

        isRefused(
                "the configured server key, %s, cannot be used: it is a key for EdDSA, and TLS"
                        + " here takes RSA (2048 bits, for most devices) or EC",
                key);
    }

    @Test
    void aChainInTheWrongOrder() throws Exception {
        Given own = selfSigned(Given.Kind.RSA_2048);
        write(own);
        Files.writeString(
                certificate,
                selfSigned(Given.Kind.RSA_2048).certificatePem() + own.certificatePem());

        isRefused(
                "the configured server key, %s, is not that of the first certificate in %s but of a"
                        + " later one: put the server's own certificate first",
                key, certificate);
    }

    @Test
    void aCertificateThatHasEnded() throws Exception {
        write(
                Given.server(
                        Given.Kind.RSA_2048, NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1)));

        isRefused(
                "the configured server certificate, %s, ended on 2026-11-21T07:59:59Z: put a new"
                        + " one in its place",
                certificate);
    }

    @Test
    void aCertificateThatHasNotBegun() throws Exception {
        write(Given.server(Given.Kind.RSA_2048, NOW.plusSeconds(1), NOW.plus(Duration.ofDays(9))));

        isRefused(
                "the configured server certificate, %s, begins on 2026-11-21T08:00:01Z, and this"
                        + " machine says it is 2026-11-21T08:00:00Z: check its clock, or wait",
                certificate);
    }

    @Test
    void aChainWithAGapIsUsedWithAWarning() throws Exception {
        Given own = selfSigned(Given.Kind.RSA_2048);
        write(own);
        Files.writeString(
                certificate,
                own.certificatePem() + selfSigned(Given.Kind.RSA_2048).certificatePem());

        warns("did not issue the one before it");
    }

    @Test
    void aCertificateForClientsIsUsedWithAWarning() throws Exception {
        write(Given.client(NOW, NOW.plus(Duration.ofDays(1))));

        warns("the certificate is not meant for servers (no serverAuth)");
    }

    @Test
    void aKeyThatOthersMayReadIsUsedWithAWarning() throws Exception {
        write(selfSigned(Given.Kind.RSA_2048));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        warns("the configured server key is open to others than its owner: chmod 600 " + key);
    }

    private void warns(String text) throws IdentityException {
        try (CapturedLog certificates = new CapturedLog(GivenCertificate.class);
                CapturedLog files = new CapturedLog(CapturedLog.class)) {
            assertThat(given.read(clock).chain()).isNotEmpty();

            assertThat(
                            certificates.warnings().isEmpty()
                                    ? files.warnings()
                                    : certificates.warnings())
                    .singleElement()
                    .asString()
                    .contains(text);
        }
    }

    private void isRefused(String message, Object... values) {
        assertThatThrownBy(() -> given.read(clock))
                .isInstanceOf(IdentityException.class)
                .hasMessage(message, values);
    }

    private void write(Given pair) throws IOException {
        Files.writeString(certificate, pair.certificatePem());
        Files.writeString(key, pair.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private static Given selfSigned(Given.Kind kind) throws Exception {
        return Given.server(kind, NOW.minusSeconds(1), NOW.plus(Duration.ofDays(1)));
    }
}
