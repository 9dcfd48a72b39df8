package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.datadir.CapturedLog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** When the server's own certificate is issued anew, and why. The CA stays. */
final class ServerCertificateRenewalTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    /** What a first start made: once, since keys take their time. */
    @TempDir private static Path made;

    private final SettableClock clock = new SettableClock(START);
    private final Path folder;
    private final CertificateStore store;
    private final X509Certificate root;
    private final TlsIdentity first;

    ServerCertificateRenewalTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        for (String file : List.of("ca.crt", "ca.key", "server.crt", "server.key")) {
            Files.copy(made.resolve(file), folder.resolve(file));
        }
        store = new CertificateStore(folder, clock);
        first = store.identity(names("mps.example.com", "10.1.2.3"));
        root = store.root();
    }

    @BeforeAll
    static void firstStart() throws IdentityException {
        new CertificateStore(made, InstantSource.fixed(START))
                .identity(names("mps.example.com", "10.1.2.3"));
    }

    @Test
    void thirtyOneDaysBeforeItsEndItStays() throws Exception {
        clock.move(Duration.ofDays(397 - 31));

        assertThat(store.identity(names("mps.example.com", "10.1.2.3"))).isEqualTo(first);
    }

    @Test
    void lessThanThirtyDaysBeforeItsEndItIsRenewed() throws Exception {
        clock.move(Duration.ofDays(397 - 29));

        isRenewed(
                names("mps.example.com", "10.1.2.3"),
                "the former one ends on 2027-12-23T08:00:00Z");
    }

    @Test
    void afterItsEndItIsRenewed() throws Exception {
        clock.move(Duration.ofDays(500));

        isRenewed(
                names("mps.example.com", "10.1.2.3"),
                "the former one ended on 2027-12-23T08:00:00Z");
    }

    @Test
    void aNewNameOfTheServer() throws Exception {
        isRenewed(
                names("tunnel.example.com", "10.1.2.3"),
                "the former one was made out to mps.example.com");
    }

    @Test
    void aFurtherName() throws Exception {
        isRenewed(
                names("mps.example.com", "10.1.2.3", "mps"),
                "the former one lacks some of the names");
    }

    @Test
    void aFurtherAddress() throws Exception {
        isRenewed(
                names("mps.example.com", "10.1.2.3", "fd00::1"),
                "the former one lacks some of the names");
    }

    @Test
    void aNameLessIsNoReason() throws Exception {
        assertThat(store.identity(names("MPS.example.com."))).isEqualTo(first);
    }

    @Test
    void aMissingCertificate() throws Exception {
        Files.delete(folder.resolve("server.crt"));

        isRenewed(names("mps.example.com"), "there is no such file");
    }

    @Test
    void aMissingKey() throws Exception {
        Files.delete(folder.resolve("server.key"));

        isRenewed(names("mps.example.com"), "there is no such file");
    }

    @Test
    void aGarbledKey() throws Exception {
        Files.writeString(folder.resolve("server.key"), "garbled");

        isRenewed(names("mps.example.com"), "there is no private key");
        assertThat(folder.resolve("server.key.old")).hasContent("garbled");
    }

    @Test
    void aKeyThatIsNotTheOneBesideItAsAfterARenewalThatWasCutShort() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new CertificateStore(other, clock).identity(names("mps.example.com"));
        Files.copy(
                other.resolve("server.key"),
                folder.resolve("server.key"),
                StandardCopyOption.REPLACE_EXISTING);

        isRenewed(names("mps.example.com"), "its key was not the one beside it");
    }

    @Test
    void theCertificateOfAnotherAuthorityIsKeptAside() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new CertificateStore(other, clock).identity(names("mps.example.com"));
        for (String file : List.of("server.crt", "server.key")) {
            Files.copy(
                    other.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }

        isRenewed(names("mps.example.com"), "the former one was not issued by the present CA");
        for (String file : List.of("server.crt", "server.key")) {
            assertThat(folder.resolve(file + ".old")).hasSameTextualContentAs(other.resolve(file));
        }
    }

    @Test
    void whatCannotBeKeptAsideIsAnError() throws Exception {
        Files.writeString(folder.resolve("server.key"), "garbled");
        Files.createDirectories(folder.resolve("server.crt.old/in the way"));

        assertThatThrownBy(() -> store.identity(names("mps.example.com")))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(
                        folder.resolve("server.crt")
                                + " is not what this server can use and cannot be renamed to"
                                + " server.crt.old: ")
                .hasMessageEndingWith("; move it away");
    }

    @Test
    void whatCannotBeWrittenIsAnError() throws IOException {
        clock.move(Duration.ofDays(500));
        Files.createDirectories(folder.resolve("server.crt.new/in the way"));

        assertThatThrownBy(() -> store.identity(names("mps.example.com")))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(
                        "cannot write the server's new certificate "
                                + folder.resolve("server.crt")
                                + " and key "
                                + folder.resolve("server.key")
                                + ": ");
    }

    @Test
    void aCertificateEndsWithItsRoot() throws Exception {
        clock.move(Duration.between(clock.instant(), Instant.parse("2046-10-21T08:00:00Z")));

        TlsIdentity last = store.identity(names("mps.example.com"));

        assertThat(last.certificate().getNotAfter()).isEqualTo(root.getNotAfter());
    }

    private void isRenewed(ServerNames names, String reason) throws Exception {
        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            TlsIdentity renewed = store.identity(names);

            assertThat(renewed.certificate()).isNotEqualTo(first.certificate());
            assertThat(renewed.certificate().getPublicKey())
                    .isNotEqualTo(first.certificate().getPublicKey());
            renewed.certificate().verify(root.getPublicKey());
            assertThat(store.root()).isEqualTo(root);
            assertThat(log.infos())
                    .singleElement()
                    .asString()
                    .startsWith("server certificate issued")
                    .contains(reason);
            assertThat(store.identity(names)).isEqualTo(renewed);
        }
    }

    private static ServerNames names(String name, String... more) throws IdentityException {
        return ServerNames.of(name, List.of(more));
    }
}
