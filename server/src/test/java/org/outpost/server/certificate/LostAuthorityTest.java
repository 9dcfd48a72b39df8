package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.datadir.CapturedLog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A CA is made once. Whatever is lost or spoiled after that is told and never made anew. */
final class LostAuthorityTest {
    private static final String BEGIN_ANEW =
            "move ca.crt, ca.key, server.crt, server.key, outpost.db away, as far as they are"
                    + " there, to begin anew, which locks out every device until it gets the new"
                    + " root";

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    /** What a first start made: once, since keys take their time. */
    @TempDir private static Path made;

    private final SettableClock clock = new SettableClock(START);

    private final CertificateStore store;
    private final X509Certificate root;
    private final Path folder;
    private final Path certificate;
    private final Path key;

    LostAuthorityTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        for (String file : List.of("ca.crt", "ca.key", "server.crt", "server.key")) {
            Files.copy(made.resolve(file), folder.resolve(file));
        }
        store = new CertificateStore(folder, clock);
        root = store.root();
        certificate = folder.resolve("ca.crt");
        key = folder.resolve("ca.key");
    }

    @BeforeAll
    static void firstStart() throws IdentityException {
        new CertificateStore(made, InstantSource.fixed(START)).identity(names());
    }

    @Test
    void aMissingKey() throws IOException {
        Files.delete(key);

        isRefused(
                "the CA's key, %s, cannot be used: it is missing, though its certificate is there;"
                        + " restore ca.key from the backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void aKeyThatIsALinkIntoNowhere() throws IOException {
        Files.delete(key);
        Files.createSymbolicLink(key, folder.resolve("unmounted/ca.key"));

        isRefused(
                "the CA's key, %s, cannot be used: there is no such file; restore ca.key from the"
                        + " backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void bothLinksIntoNowhere() throws IOException {
        Files.delete(key);
        Files.delete(certificate);
        Files.createSymbolicLink(key, folder.resolve("unmounted/ca.key"));
        Files.createSymbolicLink(certificate, folder.resolve("unmounted/ca.crt"));

        isRefused(
                "the CA's certificate, %s, cannot be used: there is no such file; restore ca.crt"
                        + " from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aKeyThatCannotBeRead() throws IOException {
        Files.delete(key);
        Files.createDirectory(key);

        isRefused(
                "the CA's key, %s, cannot be used: Is a directory; restore ca.key from the backup,"
                        + " or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void anEmptyKey() throws IOException {
        Files.writeString(key, "");

        isRefused(
                "the CA's key, %s, cannot be used: there is no private key (BEGIN PRIVATE KEY) in"
                        + " it; restore ca.key from the backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void aKeyThatWasCutShort() throws IOException {
        String whole = Files.readString(key);
        Files.writeString(key, whole.substring(0, whole.length() / 2));

        isRefused(
                "the CA's key, %s, cannot be used: it is garbled, or no PEM file; restore ca.key"
                        + " from the backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void aKeyWhoseContentIsNone() throws IOException {
        Files.writeString(
                key, "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n");

        isRefused(
                "the CA's key, %s, cannot be used: it is garbled, or no PEM file; restore ca.key"
                        + " from the backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void aKeyThatIsNoText() throws IOException {
        Files.write(key, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        isRefused(
                "the CA's key, %s, cannot be used: it is no text; restore ca.key from the backup,"
                        + " or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void theKeyOfSomebodyElse() throws Exception {
        Files.copy(another().resolve("ca.key"), key, StandardCopyOption.REPLACE_EXISTING);

        isRefused(
                "the CA's key, %s, cannot be used: it is not the key of the certificate %s; restore"
                        + " ca.key from the backup, or %s",
                key, certificate, BEGIN_ANEW);
    }

    @Test
    void aKeyOfAnotherKind() throws Exception {
        Files.writeString(key, selfSigned(Given.Kind.P_256).keyPem());

        isRefused(
                "the CA's key, %s, cannot be used: it is no RSA key; restore ca.key from the"
                        + " backup, or %s",
                key, BEGIN_ANEW);
    }

    @Test
    void aMissingCertificate() throws IOException {
        Files.delete(certificate);

        isRefused(
                "the CA's certificate, %s, cannot be used: it is missing, though its key is there;"
                        + " restore ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aCertificateThatCannotBeRead() throws IOException {
        Files.delete(certificate);
        Files.createDirectory(certificate);

        isRefused(
                "the CA's certificate, %s, cannot be used: Is a directory; restore ca.crt from the"
                        + " backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void anEmptyCertificate() throws IOException {
        Files.writeString(certificate, "");

        isRefused(
                "the CA's certificate, %s, cannot be used: there is no certificate (BEGIN"
                        + " CERTIFICATE) in it; restore ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aGarbledCertificate() throws IOException {
        Files.writeString(
                certificate,
                Files.readString(certificate).replaceFirst("(?s)\n.{40}", "\n" + "A".repeat(40)));

        isRefused(
                "the CA's certificate, %s, cannot be used: it is garbled, or no PEM file; restore"
                        + " ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aCertificateThatIsNotTheRoot() throws IOException {
        Files.copy(folder.resolve("server.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);

        isRefused(
                "the CA's certificate, %s, cannot be used: it is no self-signed root; restore"
                        + " ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aSelfSignedCertificateThatIsNoAuthority() throws Exception {
        Files.writeString(certificate, selfSigned(Given.Kind.RSA_2048).certificatePem());

        isRefused(
                "the CA's certificate, %s, cannot be used: it is not that of an authority; restore"
                        + " ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void theCertificateOfSomebodyElse() throws Exception {
        Files.copy(another().resolve("ca.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);

        isRefused(
                "the CA's key, %s, cannot be used: it is not the key of the certificate %s; restore"
                        + " ca.key from the backup, or %s",
                key, certificate, BEGIN_ANEW);
    }

    @Test
    void aRootThatHasEnded() {
        clock.move(Duration.ofDays(21 * 365));

        isRefused(
                "the CA's certificate, %s, ended on 2046-11-21T08:00:00Z: %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aClockFarInThePast() {
        clock.move(Duration.ofDays(-366));

        isRefused(
                "the CA's certificate, %s, begins on 2025-11-21T08:00:00Z, and this machine says it"
                        + " is 2025-11-20T08:00:00Z: set its clock",
                certificate);
    }

    @Test
    void aKeyThatWentTogetherWithTheWaitingCertificateOfAnother() throws Exception {
        Files.move(another().resolve("ca.crt"), folder.resolve("ca.crt.new"));
        Files.delete(certificate);

        isRefused(
                "the CA's certificate, %s, cannot be used: it is missing, though its key is there;"
                        + " restore ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aKeyWithAGarbledWaitingCertificate() throws Exception {
        Files.writeString(folder.resolve("ca.crt.new"), "half");
        Files.delete(certificate);

        isRefused(
                "the CA's certificate, %s, cannot be used: it is missing, though its key is there;"
                        + " restore ca.crt from the backup, or %s",
                certificate, BEGIN_ANEW);
    }

    @Test
    void aFirstStartThatWasCutShortBetweenItsTwoFilesIsCompleted() throws Exception {
        Files.move(certificate, folder.resolve("ca.crt.new"));

        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            assertThat(store.root()).isEqualTo(root);
            assertThat(log.infos())
                    .singleElement()
                    .asString()
                    .contains("an interrupted first start was completed");
        }
        assertThat(certificate).exists();
        assertThat(folder.resolve("ca.crt.new")).doesNotExist();
        assertThat(store.root()).isEqualTo(root);
    }

    @Test
    void aFirstStartThatWasCutShortBeforeEitherFileBeginsAgain() throws Exception {
        Files.move(certificate, folder.resolve("ca.crt.new"));
        Files.move(key, folder.resolve("ca.key.new"));
        deleteTheServersFiles();

        X509Certificate again = store.root();

        assertThat(again).isNotEqualTo(root);
        assertThat(store.root()).isEqualTo(again);
        assertThat(folder.resolve("ca.crt.new")).doesNotExist();
        assertThat(folder.resolve("ca.key.new")).doesNotExist();
    }

    @Test
    void bothFilesMissingBesideTheServersCertificate() throws Exception {
        Files.delete(certificate);
        Files.delete(key);

        isRefused(
                "the CA's files %s and %s are missing, though this is not the first start"
                        + " (server.crt, server.key is there); restore both from the backup, or %s",
                certificate, key, BEGIN_ANEW);
    }

    @Test
    void bothFilesMissingBesideTheDatabase() throws Exception {
        Files.delete(certificate);
        Files.delete(key);
        deleteTheServersFiles();
        Files.writeString(folder.resolve("outpost.db"), "");

        isRefused(
                "the CA's files %s and %s are missing, though this is not the first start"
                        + " (outpost.db is there); restore both from the backup, or %s",
                certificate, key, BEGIN_ANEW);
    }

    @Test
    void movingAllOfThemAwayBeginsAnew() throws Exception {
        Files.delete(certificate);
        Files.delete(key);
        deleteTheServersFiles();

        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            TlsIdentity identity = store.identity(names());

            identity.certificate().verify(store.root().getPublicKey());
            assertThat(store.root()).isNotEqualTo(root);
            assertThat(log.infos()).anyMatch(line -> line.startsWith("CA made"));
        }
    }

    @Test
    void theCaOfAnotherServerReplacesTheServersCertificate() throws Exception {
        String former = Files.readString(folder.resolve("server.key"));
        Path another = another();
        Files.copy(another.resolve("ca.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(another.resolve("ca.key"), key, StandardCopyOption.REPLACE_EXISTING);

        try (CapturedLog log = new CapturedLog(CertificateStore.class)) {
            TlsIdentity identity = store.identity(names());

            identity.certificate().verify(store.root().getPublicKey());
            assertThat(log.infos())
                    .anyMatch(line -> line.contains("was not issued by the present CA"));
            assertThat(log.warnings()).anyMatch(line -> line.contains("kept with the ending .old"));
        }
        assertThat(folder.resolve("server.key.old")).hasContent(former);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() throws IOException {
        Path nowhere = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new CertificateStore(nowhere, clock).root())
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(
                        "cannot write the new CA's files "
                                + nowhere.resolve("ca.key")
                                + " and "
                                + nowhere.resolve("ca.crt")
                                + ": ");
    }

    /** Refused in these words, by both calls, and no file of the folder is another one after. */
    private void isRefused(String message, Object... values) {
        Map<Path, String> before = snapshot();

        assertThatThrownBy(store::root)
                .isInstanceOf(IdentityException.class)
                .hasMessage(message, values);
        assertThatThrownBy(() -> store.identity(names()))
                .isInstanceOf(IdentityException.class)
                .hasMessage(message, values);

        assertThat(snapshot()).isEqualTo(before);
    }

    private Map<Path, String> snapshot() {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(
                        file,
                        Files.isRegularFile(file)
                                ? Arrays.hashCode(Files.readAllBytes(file))
                                        + " "
                                        + Files.getLastModifiedTime(file)
                                : "no file");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    private void deleteTheServersFiles() throws IOException {
        Files.delete(folder.resolve("server.crt"));
        Files.delete(folder.resolve("server.key"));
    }

    private Path another() throws Exception {
        Path other = Files.createDirectory(folder.resolve("another"));
        new CertificateStore(other, clock).root();
        return other;
    }

    private Given selfSigned(Given.Kind kind) throws Exception {
        Instant now = clock.instant();
        return Given.server(kind, now, now.plus(Duration.ofDays(1)));
    }

    private static ServerNames names() throws IdentityException {
        return ServerNames.of("localhost", List.of());
    }
}
