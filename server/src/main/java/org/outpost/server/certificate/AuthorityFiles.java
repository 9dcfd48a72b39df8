package org.outpost.server.certificate;

import org.jspecify.annotations.Nullable;
import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.List;

/**
 * The CA's two files. They are made once, together; after that a folder that has lost or spoiled
 * one of them, or both while other files tell that they were there, is an error and never a reason
 * for a new CA, which no device would trust.
 *
 * <p>Both are prepared before either gets its name, the key first. So a key whose certificate still
 * waits beside it is a first start that was cut short, and is completed.
 */
final class AuthorityFiles {
    private static final Logger log = LoggerFactory.getLogger(AuthorityFiles.class);
    private static final String KEY_ROLE = "the CA's key";
    private static final String CERTIFICATE_ROLE = "the CA's certificate";

    private final AuthorityKind kind;
    private final List<String> traces;
    private final AtomicFile certificate;
    private final AtomicFile key;

    AuthorityFiles(Path folder, AuthorityKind kind) {
        this.kind = kind;
        this.traces = traces(kind);
        String name = "ca" + kind.suffix();
        certificate = new AtomicFile(folder.resolve(name + ".crt"), Visibility.PUBLIC);
        key = new AtomicFile(folder.resolve(name + ".key"), Visibility.PRIVATE);
    }

    /** What only a server with this CA leaves behind; the database is as old as the first CA. */
    private static List<String> traces(AuthorityKind kind) {
        String server = ServerCertificateFiles.NAME + kind.suffix();
        List<String> certificates = List.of(server + ".crt", server + ".key");
        return kind == AuthorityKind.RSA_2048
                ? List.of(certificates.get(0), certificates.get(1), "outpost.db")
                : certificates;
    }

    /** Whether there is anything of a CA. */
    boolean isThere() {
        return isThere(certificate.path()) || isThere(key.path());
    }

    Path certificateFile() {
        return certificate.path();
    }

    /** Reads the CA, or makes it in a folder that no server has used yet. */
    CertificateAuthority open(Instant now) throws IdentityException {
        boolean hasCertificate = isThere(certificate.path());
        boolean hasKey = isThere(key.path());
        if (!hasCertificate && !hasKey) {
            requireFirstStart();
            return create(now);
        }
        if (!hasKey) {
            throw lost(
                    KEY_ROLE, key.path(), "it is missing, though its certificate is there", null);
        }
        if (!hasCertificate) {
            complete();
        }
        return read(now);
    }

    private void requireFirstStart() throws IdentityException {
        List<String> found =
                traces.stream()
                        .filter(trace -> isThere(certificate.path().resolveSibling(trace)))
                        .toList();
        if (!found.isEmpty()) {
            throw new IdentityException(
                    "the CA's files "
                            + certificate.path()
                            + " and "
                            + key.path()
                            + " are missing, though this is not the first start ("
                            + String.join(", ", found)
                            + " is there); restore both from the backup, or "
                            + beginAnew());
        }
    }

    private CertificateAuthority create(Instant now) throws IdentityException {
        CertificateAuthority authority = CertificateAuthority.create(kind, now);
        try {
            key.prepare(PemFile.text(authority.key()));
            certificate.prepare(PemFile.text(List.of(authority.certificate())));
            key.commit();
            certificate.commit();
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write the new CA's files "
                            + key.path()
                            + " and "
                            + certificate.path()
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
        log.atInfo()
                .addKeyValue("file", certificate.path())
                .addKeyValue("subject", authority.certificate().getSubjectX500Principal())
                .log("CA made; devices need this root, and its key belongs into the backup");
        return authority;
    }

    private void complete() throws IdentityException {
        String missing = "it is missing, though its key is there";
        if (!isThere(certificate.pending())) {
            throw lost(CERTIFICATE_ROLE, certificate.path(), missing, null);
        }
        try {
            X509Certificate prepared =
                    PemFile.certificates(certificate.pending(), CERTIFICATE_ROLE).getFirst();
            if (!KeyMatch.of(PemFile.key(key.path(), KEY_ROLE), prepared)) {
                throw lost(CERTIFICATE_ROLE, certificate.path(), missing, null);
            }
            certificate.commit();
        } catch (IOException | IdentityException e) {
            throw lost(CERTIFICATE_ROLE, certificate.path(), missing, e);
        }
        log.atInfo()
                .addKeyValue("file", certificate.path())
                .log("an interrupted first start was completed: the CA's certificate is in place");
    }

    private CertificateAuthority read(Instant now) throws IdentityException {
        X509Certificate root = readCertificate();
        PrivateKey secret = readKey();
        if (!KeyMatch.of(secret, root)) {
            throw lost(
                    KEY_ROLE,
                    key.path(),
                    "it is not the key of the certificate " + certificate.path(),
                    null);
        }
        if (now.isAfter(root.getNotAfter().toInstant())) {
            throw new IdentityException(
                    "the CA's certificate, "
                            + certificate.path()
                            + ", ended on "
                            + root.getNotAfter().toInstant()
                            + ": "
                            + beginAnew());
        }
        if (now.isBefore(root.getNotBefore().toInstant())) {
            throw new IdentityException(
                    "the CA's certificate, "
                            + certificate.path()
                            + ", begins on "
                            + root.getNotBefore().toInstant()
                            + ", and this machine says it is "
                            + now
                            + ": set its clock");
        }
        return new CertificateAuthority(secret, root);
    }

    private X509Certificate readCertificate() throws IdentityException {
        X509Certificate root;
        try {
            root = PemFile.certificates(certificate.path(), CERTIFICATE_ROLE).getFirst();
        } catch (IdentityException e) {
            throw withRemedy(e, certificate.path());
        }
        try {
            root.verify(root.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw lost(CERTIFICATE_ROLE, certificate.path(), "it is no self-signed root", e);
        }
        if (root.getBasicConstraints() < 0) {
            throw lost(
                    CERTIFICATE_ROLE, certificate.path(), "it is not that of an authority", null);
        }
        return root;
    }

    private PrivateKey readKey() throws IdentityException {
        PrivateKey secret;
        try {
            secret = PemFile.key(key.path(), KEY_ROLE);
        } catch (IdentityException e) {
            throw withRemedy(e, key.path());
        }
        if (!(secret instanceof RSAPrivateKey)) {
            throw lost(KEY_ROLE, key.path(), "it is no RSA key", null);
        }
        return secret;
    }

    private IdentityException lost(
            String role, Path file, String reason, @Nullable Throwable cause) {
        return withRemedy(PemFile.unusable(file, role, reason, cause), file);
    }

    private IdentityException withRemedy(IdentityException problem, Path file) {
        return new IdentityException(
                problem.getMessage()
                        + "; restore "
                        + file.getFileName()
                        + " from the backup, or "
                        + beginAnew(),
                problem);
    }

    private String beginAnew() {
        return "move "
                + certificate.path().getFileName()
                + ", "
                + key.path().getFileName()
                + ", "
                + String.join(", ", traces)
                + " away, as far as they are there, to begin anew, which locks out every device"
                + " until it gets the new root";
    }

    /** A link into nowhere is there: it stands for a file that was lost. */
    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
