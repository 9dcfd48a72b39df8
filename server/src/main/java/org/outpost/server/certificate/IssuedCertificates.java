package org.outpost.server.certificate;

import org.jspecify.annotations.Nullable;
import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The client certificates that one of the data folder's CAs issued, and its list of those it
 * revoked. A copy of each certificate, never of its key, is kept in the folder {@code issued} under
 * its serial number, so that one whose owner is lost can still be found and revoked.
 *
 * <p>Several processes may use it at a time; a running server sees a new list by itself.
 */
public final class IssuedCertificates {
    private static final String FOLDER = "issued";
    private static final String LOCK = "issued.lock";
    private static final String ENDING = ".crt";

    private final CertificateStore store;
    private final InstantSource clock;

    /** A certificate, and when it was revoked; null for a good one. */
    public record Issued(X509Certificate certificate, @Nullable Instant revoked) {}

    /** Those of one CA. */
    public IssuedCertificates(CertificateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Issues a client certificate with a new key.
     *
     * @param life how long it is good from now on; the CA's own end cuts it
     * @throws IdentityException when the CA cannot be read, or the copy cannot be written
     */
    public TlsIdentity issue(ClientName name, Duration life) throws IdentityException {
        TlsIdentity identity = store.open().issue(name, clock.instant(), life);
        Path copy = folder().resolve(serial(identity.certificate()) + ENDING);
        try {
            Files.createDirectories(folder());
            new AtomicFile(copy, Visibility.PUBLIC)
                    .write(PemFile.text(List.of(identity.certificate())));
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot keep a copy of the certificate, " + copy + ": " + FileProblem.of(e), e);
        }
        return identity;
    }

    /**
     * All that the present CA issued, the newest first.
     *
     * @throws IdentityException when a copy or the list cannot be read
     */
    public List<Issued> list() throws IdentityException {
        if (!Files.isDirectory(folder()) || !store.isThere()) {
            return List.of();
        }
        Map<BigInteger, Instant> revoked = revoked(present());
        X509Certificate root = store.root();
        List<Issued> all = new ArrayList<>();
        for (Path file : files()) {
            X509Certificate certificate =
                    PemFile.certificates(file, "the copy of an issued certificate").getFirst();
            if (isIssuedBy(root, certificate)) {
                all.add(new Issued(certificate, revoked.get(certificate.getSerialNumber())));
            }
        }
        all.sort(Comparator.comparing((Issued one) -> one.certificate().getNotBefore()).reversed());
        return List.copyOf(all);
    }

    private List<Path> files() throws IdentityException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder(), "*" + ENDING)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot look into " + folder() + ": " + FileProblem.of(e), e);
        }
        return files;
    }

    /**
     * Puts certificates on the CA's list of revoked ones, which is made when it is missing.
     *
     * @return those that were not yet on it
     * @throws IdentityException when one was not issued by this CA, or the list cannot be read or
     *     written; nothing is revoked then
     */
    public List<X509Certificate> revoke(List<X509Certificate> certificates)
            throws IdentityException {
        CertificateAuthority authority = store.open();
        for (X509Certificate each : certificates) {
            if (!isIssuedBy(authority.certificate(), each)) {
                throw new IdentityException(
                        "the certificate "
                                + each.getSubjectX500Principal()
                                + ", serial "
                                + serial(each)
                                + ", was not issued by the CA "
                                + store.rootFile()
                                + ", so only its own issuer can revoke it");
            }
        }
        Path file = store.revocationFile();
        try (FileChannel lock =
                FileChannel.open(
                        store.folder().resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            // Held until the channel is closed: two commands must not write the same number.
            lock.lock();
            X509CRL before = present();
            Map<BigInteger, Instant> revoked = revoked(before);
            Instant now = clock.instant();
            List<X509Certificate> added =
                    certificates.stream()
                            .filter(
                                    each ->
                                            revoked.putIfAbsent(each.getSerialNumber(), now)
                                                    == null)
                            .toList();
            if (!added.isEmpty()) {
                X509CRL next = authority.revocationList(revoked, after(before), now);
                new AtomicFile(file, Visibility.PUBLIC).write(PemFile.text(next));
            }
            return added;
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write the revocation list " + file + ": " + FileProblem.of(e), e);
        }
    }

    private @Nullable X509CRL present() throws IdentityException {
        Path file = store.revocationFile();
        if (!Files.exists(file)) {
            return null;
        }
        X509CRL list = CrlFile.read(file).getFirst();
        try {
            list.verify(store.root().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IdentityException(
                    "the revocation list "
                            + file
                            + " is not one of the CA "
                            + store.rootFile()
                            + ": move it away, or restore the right one from the backup",
                    e);
        }
        return list;
    }

    private static Map<BigInteger, Instant> revoked(@Nullable X509CRL list) {
        Map<BigInteger, Instant> revoked = new TreeMap<>();
        if (list != null && list.getRevokedCertificates() != null) {
            for (X509CRLEntry entry : list.getRevokedCertificates()) {
                revoked.put(entry.getSerialNumber(), entry.getRevocationDate().toInstant());
            }
        }
        return revoked;
    }

    private static BigInteger after(@Nullable X509CRL list) throws IOException {
        return list == null ? BigInteger.ONE : CrlFile.number(list).add(BigInteger.ONE);
    }

    private static boolean isIssuedBy(X509Certificate root, X509Certificate certificate) {
        try {
            certificate.verify(root.getPublicKey());
            return root.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Path folder() {
        return store.folder().resolve(FOLDER);
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
