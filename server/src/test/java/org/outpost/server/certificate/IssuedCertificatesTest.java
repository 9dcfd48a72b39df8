package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.server.certificate.IssuedCertificates.Issued;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates for those who call, and the list of those that count no more. */
final class IssuedCertificatesTest {
    private static final String DEVICE = "4c4c4544-005a-3510-8047-b4c04f564433";
    private static final Duration YEAR = Duration.ofDays(365);

    private final SettableClock clock = new SettableClock(Instant.now());

    @TempDir private Path folder;
    private CertificateStore store;
    private IssuedCertificates issued;

    @BeforeEach
    void init() throws Exception {
        store = new CertificateStore(folder, clock);
        store.root();
        issued = new IssuedCertificates(store, clock);
    }

    @Test
    void aDeviceIsNamedByItsUuidTwice() throws Exception {
        TlsIdentity identity =
                issued.issue(ClientName.of(" 4C4C4544-005A-3510-8047-B4C04F564433"), YEAR);

        X509Certificate certificate = identity.certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + DEVICE);
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "urn:uuid:" + DEVICE));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter().toInstant())
                .isBetween(clock.instant().plus(YEAR).minusSeconds(1), clock.instant().plus(YEAR));
        assertThat(identity.chain()).hasSize(2).endsWith(store.root());
    }

    @Test
    void aUserIsNamedOnce() throws Exception {
        X509Certificate certificate =
                issued.issue(ClientName.of("Zoë, the first"), YEAR).certificate();

        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=Zoë\\, the first");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\tb",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> ClientName.of(name)).isInstanceOf(IdentityException.class);
    }

    @Test
    void nothingOutlivesTheRoot() throws Exception {
        assertThat(issued.issue(ClientName.of("x"), Duration.ofDays(40_000)).certificate())
                .extracting(X509Certificate::getNotAfter)
                .isEqualTo(store.root().getNotAfter());
    }

    @ParameterizedTest
    @EnumSource(AuthorityKind.class)
    void keysAndHashesAreThoseOfTheCa(AuthorityKind kind) throws Exception {
        CertificateStore other = new CertificateStore(folder, kind, clock);
        X509Certificate certificate =
                new IssuedCertificates(other, clock)
                        .issue(ClientName.of(DEVICE), YEAR)
                        .certificate();

        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(kind.bits());
        assertThat(certificate.getSigAlgName()).isEqualTo(kind.signature());
        certificate.verify(other.root().getPublicKey());
    }

    @Test
    void allThatWereIssuedAreListedWithWhatBecameOfThem() throws Exception {
        X509Certificate first = issued.issue(ClientName.of("first"), YEAR).certificate();
        clock.move(Duration.ofHours(1));
        X509Certificate second = issued.issue(ClientName.of("second"), YEAR).certificate();
        assertThat(issued.list())
                .containsExactly(new Issued(second, null), new Issued(first, null));

        assertThat(issued.revoke(List.of(first))).containsExactly(first);

        assertThat(issued.list()).extracting(Issued::certificate).containsExactly(second, first);
        assertThat(issued.list().getFirst().revoked()).isNull();
        assertThat(issued.list().getLast().revoked())
                .isEqualTo(Instant.ofEpochSecond(clock.instant().getEpochSecond()));
        IssuedCertificates other =
                new IssuedCertificates(
                        new CertificateStore(folder, AuthorityKind.RSA_3072, clock), clock);
        other.issue(ClientName.of("third"), YEAR);
        assertThat(other.list()).as("each CA has its own").hasSize(1);
        assertThat(issued.list()).hasSize(2);
    }

    @Test
    void theListGrowsAndItsNumberToo() throws Exception {
        X509Certificate first = issued.issue(ClientName.of("first"), YEAR).certificate();
        X509Certificate second = issued.issue(ClientName.of("second"), YEAR).certificate();

        issued.revoke(List.of(first));
        assertThat(number()).isEqualTo(BigInteger.ONE);
        assertThat(issued.revoke(List.of(first))).as("it is there already").isEmpty();
        assertThat(number()).isEqualTo(BigInteger.ONE);
        assertThat(issued.revoke(List.of(first, second))).containsExactly(second);

        assertThat(number()).isEqualTo(BigInteger.TWO);
        X509CRL list = list();
        assertThat(list.isRevoked(first)).isTrue();
        assertThat(list.isRevoked(second)).isTrue();
        assertThat(list.getNextUpdate()).isEqualTo(store.root().getNotAfter());
    }

    @Test
    void whatAnotherCaIssuedIsLeftToIt() throws Exception {
        CertificateStore elsewhere =
                new CertificateStore(Files.createDirectory(folder.resolve("other")), clock);
        X509Certificate foreign =
                new IssuedCertificates(elsewhere, clock)
                        .issue(ClientName.of("x"), YEAR)
                        .certificate();
        X509Certificate own = issued.issue(ClientName.of("x"), YEAR).certificate();

        assertThatThrownBy(() -> issued.revoke(List.of(own, foreign)))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("was not issued by the CA");
        assertThat(store.revocationFile()).doesNotExist();

        new IssuedCertificates(elsewhere, clock).revoke(List.of(foreign));
        Files.copy(elsewhere.revocationFile(), store.revocationFile());
        assertThatThrownBy(() -> issued.revoke(List.of(own)))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("is not one of the CA");
    }

    @Test
    @NeedsTool("openssl")
    void opensslAgrees() throws Exception {
        Files.createDirectory(folder.resolve("out"));
        IdentityFiles good = IdentityFiles.in(folder.resolve("out"), "good");
        good.write(issued.issue(ClientName.of(DEVICE), YEAR));
        IdentityFiles lost = IdentityFiles.in(folder.resolve("out"), "lost");
        TlsIdentity revoked = issued.issue(ClientName.of("lost"), YEAR);
        lost.write(revoked);
        issued.revoke(List.of(revoked.certificate()));

        assertThat(verify(good).succeeded().out()).contains("OK");
        Command.Result refused = verify(lost);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err() + refused.out()).contains("certificate revoked");
        Command.of("openssl", "rsa", "-check", "-noout", "-in", good.key().toString())
                .run()
                .succeeded();
    }

    private Command.Result verify(IdentityFiles files) {
        return Command.of(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslclient",
                        "-crl_check",
                        "-CRLfile",
                        store.revocationFile().toString(),
                        "-CAfile",
                        store.rootFile().toString(),
                        files.certificate().toString())
                .run();
    }

    private BigInteger number() throws Exception {
        return CrlFile.number(list());
    }

    private X509CRL list() throws Exception {
        return CrlFile.read(store.revocationFile()).getFirst();
    }
}
