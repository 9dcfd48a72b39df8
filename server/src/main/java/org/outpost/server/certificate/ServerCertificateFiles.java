package org.outpost.server.certificate;

import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;
import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The server certificate that our own CA issued, and its key. Devices trust the CA, so this pair
 * may be made again at any time; each time is logged with its reason.
 */
final class ServerCertificateFiles {
    static final String NAME = "server";

    private static final Logger log = LoggerFactory.getLogger(ServerCertificateFiles.class);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final AtomicFile certificate;
    private final AtomicFile key;

    /**
     * @param name of both files, without their ending
     */
    ServerCertificateFiles(Path folder, String name) {
        certificate = new AtomicFile(folder.resolve(name + ".crt"), Visibility.PUBLIC);
        key = new AtomicFile(folder.resolve(name + ".key"), Visibility.PRIVATE);
    }

    TlsIdentity open(CertificateAuthority authority, ServerNames names, Instant now)
            throws IdentityException {
        if (!isThere(certificate.path()) && !isThere(key.path())) {
            return replace(authority, names, now, "there was none");
        }
        TlsIdentity present;
        try {
            present =
                    new TlsIdentity(
                            PemFile.key(key.path(), "the server's key"),
                            PemFile.certificates(certificate.path(), "the server's certificate"));
        } catch (IdentityException e) {
            setAside();
            return replace(authority, names, now, String.valueOf(e.getMessage()));
        }
        if (!issuedBy(authority, present.certificate())) {
            setAside();
            return replace(
                    authority, names, now, "the former one was not issued by the present CA");
        }
        String reason = reasonToRenew(present, names, now);
        return reason == null ? present : replace(authority, names, now, reason);
    }

    TlsIdentity renew(CertificateAuthority authority, ServerNames names, Instant now)
            throws IdentityException {
        return replace(authority, names, now, "it was asked for");
    }

    private static @Nullable String reasonToRenew(
            TlsIdentity present, ServerNames names, Instant now) {
        X509Certificate certificate = present.certificate();
        Instant end = certificate.getNotAfter().toInstant();
        if (!KeyMatch.of(present.key(), certificate)) {
            return "its key was not the one beside it";
        }
        if (now.isAfter(end)) {
            return "the former one ended on " + end;
        }
        if (now.plus(RENEWED_BEFORE_END).isAfter(end)) {
            return "the former one ends on " + end;
        }
        if (!names.commonName().equals(commonName(certificate))) {
            return "the former one was made out to " + commonName(certificate);
        }
        if (!names.coveredBy(certificate)) {
            return "the former one lacks some of the names";
        }
        return null;
    }

    private TlsIdentity replace(
            CertificateAuthority authority, ServerNames names, Instant now, String reason)
            throws IdentityException {
        TlsIdentity identity = authority.issue(names, now);
        try {
            key.prepare(PemFile.text(identity.key()));
            certificate.prepare(PemFile.text(identity.chain()));
            key.commit();
            certificate.commit();
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write the server's new certificate "
                            + certificate.path()
                            + " and key "
                            + key.path()
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
        log.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("identity", identity)
                .addKeyValue("names", names.dnsNames())
                .addKeyValue(
                        "addresses",
                        names.addresses().stream().map(InetAddress::getHostAddress).toList())
                .addKeyValue("until", identity.certificate().getNotAfter().toInstant())
                .log("server certificate issued");
        return identity;
    }

    /** What is not certainly ours is not overwritten: it might be somebody's only copy. */
    private void setAside() throws IdentityException {
        for (Path file : List.of(certificate.path(), key.path())) {
            Path aside = file.resolveSibling(file.getFileName() + ".old");
            try {
                if (isThere(file)) {
                    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new IdentityException(
                        file
                                + " is not what this server can use and cannot be renamed to "
                                + aside.getFileName()
                                + ": "
                                + FileProblem.of(e)
                                + "; move it away",
                        e);
            }
        }
        log.atWarn()
                .addKeyValue("certificate", certificate.path())
                .addKeyValue("key", key.path())
                .log("these were of no use and are kept with the ending .old");
    }

    private static boolean issuedBy(CertificateAuthority authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String commonName(X509Certificate certificate) {
        RDN[] names =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                        .getRDNs(BCStyle.CN);
        return names.length == 0 ? "" : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
