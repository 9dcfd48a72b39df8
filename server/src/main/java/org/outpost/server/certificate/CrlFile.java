package org.outpost.server.certificate;

import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.jspecify.annotations.Nullable;
import org.outpost.server.datadir.FileProblem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;

/** Certificate revocation lists (RFC 5280 §5) on disk. */
public final class CrlFile {
    private CrlFile() {}

    /**
     * Reads a file.
     *
     * @param file one list as DER, or one or more as PEM ({@code BEGIN X509 CRL})
     * @throws IdentityException when it cannot be read, holds none, or one that is not complete in
     *     itself, such as a delta CRL
     */
    public static List<X509CRL> read(Path file) throws IdentityException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable(file, FileProblem.of(e), e);
        }
        List<X509CRL> lists = new ArrayList<>();
        try {
            for (CRL each :
                    CertificateFactory.getInstance("X.509")
                            .generateCRLs(new ByteArrayInputStream(bytes))) {
                if (each instanceof X509CRL list) {
                    lists.add(list);
                }
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK's parser throws this or that at bytes that are no CRL.
            throw unusable(file, "it is garbled, or no CRL", e);
        }
        if (lists.isEmpty()) {
            throw unusable(file, "there is no CRL (PEM or DER) in it", null);
        }
        for (X509CRL list : lists) {
            if (list.hasUnsupportedCriticalExtension()) {
                throw unusable(
                        file,
                        "it has an extension that changes its meaning, such as that of a delta CRL:"
                                + " give the complete list",
                        null);
            }
        }
        return lists;
    }

    /** The CRL number (RFC 5280 §5.2.3); 0 for a list without one. */
    static BigInteger number(X509CRL list) throws IOException {
        byte[] extension = list.getExtensionValue(Extension.cRLNumber.getId());
        return extension == null
                ? BigInteger.ZERO
                : CRLNumber.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension))
                        .getCRLNumber();
    }

    private static IdentityException unusable(Path file, String reason, @Nullable Throwable cause) {
        return new IdentityException(
                "the revocation list " + file + " cannot be used: " + reason, cause);
    }
}
