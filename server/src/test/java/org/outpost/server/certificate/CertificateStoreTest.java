package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.datadir.CapturedLog;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** What a folder holds after a first start, and after later ones. */
final class CertificateStoreTest {
    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T08:00:00Z"));

    @Test
    void theRootIsAnAuthorityForTwentyYearsAndFromAYearAgo() throws Exception {
        X509Certificate root = new CertificateStore(folder, clock).root();

        assertThat(((RSAPublicKey) root.getPublicKey()).getModulus().bitLength()).isEqualTo(2048);
        assertThat(root.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        boolean[] usage = root.getKeyUsage();
        assertThat(usage)
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(root.getNonCriticalExtensionOIDs()).contains("2.5.29.14");
        assertThat(root.getNotBefore()).isEqualTo("2025-11-21T08:00:00Z");
        assertThat(root.getNotAfter()).isEqualTo("2046-11-21T08:00:00Z");
        root.verify(root.getPublicKey());
    }

    @Test
    void twoAuthoritiesHaveDifferentNames() throws Exception {
        X509Certificate one = new CertificateStore(sub("one"), clock).root();
        X509Certificate two = new CertificateStore(sub("two"), clock).root();

        assertThat(one.getSubjectX500Principal()).isNotEqualTo(two.getSubjectX500Principal());
        assertThat(one.getSerialNumber()).isNotEqualTo(two.getSerialNumber());
    }

    @Test
    void theServerCertificateIsWhatDevicesCheck() throws Exception {
        CertificateStore store = new CertificateStore(folder, clock);

        TlsIdentity identity =
                store.identity(
                        ServerNames.of("mps.example.com", List.of("10.1.2.3", "fd00::7", "mps")));

        X509Certificate certificate = identity.certificate();
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=mps.example.com");
        assertThat(certificate.getSubjectAlternativeNames())
                .map(name -> name.get(1))
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "mps.example.com",
                        "mps",
                        "localhost",
                        "10.1.2.3",
                        "fd00:0:0:0:0:0:0:7",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getKeyUsage()).startsWith(true, false, true, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .contains("2.5.29.14", "2.5.29.35", "2.5.29.17");
        assertThat(certificate.getNotBefore()).isEqualTo("2025-11-21T08:00:00Z");
        assertThat(certificate.getNotAfter()).isEqualTo("2027-12-23T08:00:00Z");
        assertThat(identity.chain()).containsExactly(certificate, store.root());
        assertThat(KeyMatch.of(identity.key(), certificate)).isTrue();
    }

    @Test
    void thePkixAlgorithmOfTheJdkAcceptsTheChain() throws Exception {
        CertificateStore store = new CertificateStore(folder, clock);
        TlsIdentity identity = store.identity(names());
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(store.root(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));

        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(List.of(identity.certificate())),
                        parameters);
    }

    @Test
    @NeedsTool("openssl")
    void opensslAcceptsTheChainAndTheNames() throws Exception {
        new CertificateStore(folder, InstantSource.system())
                .identity(ServerNames.of("mps.example.com", List.of()));

        for (List<String> name :
                List.of(
                        List.of("-verify_hostname", "mps.example.com"),
                        List.of("-verify_hostname", "localhost"),
                        List.of("-verify_ip", "127.0.0.1"),
                        List.of("-verify_ip", "::1"))) {
            assertThat(
                            Command.of(
                                            "openssl",
                                            "verify",
                                            "-x509_strict",
                                            "-purpose",
                                            "sslserver",
                                            name.get(0),
                                            name.get(1),
                                            "-CAfile",
                                            folder.resolve("ca.crt").toString(),
                                            folder.resolve("server.crt").toString())
                                    .run()
                                    .succeeded()
                                    .out())
                    .endsWith("server.crt: OK\n");
        }
    }

    @Test
    void keysAreForTheirOwnerAloneAndNothingElseIsLeftBehind() throws Exception {
        new CertificateStore(folder, clock).identity(names());

        assertThat(mode("ca.key")).isEqualTo("rw-------");
        assertThat(mode("server.key")).isEqualTo("rw-------");
        assertThat(mode("ca.crt")).isEqualTo("rw-r--r--");
        assertThat(mode("server.crt")).isEqualTo("rw-r--r--");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.crt", "ca.key", "server.crt", "server.key");
        }
        assertThat(folder.resolve("ca.key")).content().startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(folder.resolve("server.crt"))
                .content()
                .endsWith(Files.readString(folder.resolve("ca.crt")));
    }

    @Test
    void laterStartsUseWhatTheFirstMade() throws Exception {
        TlsIdentity first = new CertificateStore(folder, clock).identity(names());

        clock.move(Duration.ofDays(366));
        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            TlsIdentity later = new CertificateStore(folder, clock).identity(names());

            assertThat(later).isEqualTo(first);
            assertThat(log.all()).isEmpty();
        }
    }

    @Test
    void neitherTextNorLogHasAKey() throws Exception {
        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            TlsIdentity identity = new CertificateStore(folder, clock).identity(names());

            String secret = Files.readAllLines(folder.resolve("server.key")).get(3);
            assertThat(identity.toString()).contains("CN=localhost").doesNotContain(secret, "key=");
            assertThat(log.all()).hasSize(2).noneMatch(line -> line.contains(secret));
        }
    }

    @Test
    void aKeyThatOthersMayReadIsUsedWithAWarning() throws Exception {
        CertificateStore store = new CertificateStore(folder, clock);
        store.identity(names());
        Files.setPosixFilePermissions(
                folder.resolve("ca.key"), PosixFilePermissions.fromString("rw-r--r--"));

        try (CapturedLog log = new CapturedLog(CapturedLog.class)) {
            store.identity(names());

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("the CA's key is open to others than its owner")
                    .contains("chmod 600 " + folder.resolve("ca.key"));
        }
    }

    private static ServerNames names() throws IdentityException {
        return ServerNames.of("localhost", List.of());
    }

    private Path sub(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
