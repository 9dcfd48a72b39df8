package org.outpost.amt.connection;

import org.outpost.amt.failure.DeviceText;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * What is kept of a device's certificate.
 *
 * @param sha256 SHA-256 of the leaf certificate, 64 hexadecimal digits in lower case
 * @param subject its subject, escaped; it usually names the device's FQDN
 */
public record CertificatePin(String sha256, String subject) {
    private static final int DIGITS = 64;

    /** Checks the digest's form. */
    public CertificatePin {
        if (sha256.length() != DIGITS || !HexFormat.of().formatHex(bytes(sha256)).equals(sha256)) {
            throw new IllegalArgumentException(
                    "a pin is the SHA-256 of a certificate: 64 hexadecimal digits in lower case");
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static CertificatePin of(X509Certificate leaf) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return new CertificatePin(
                    HexFormat.of().formatHex(digest),
                    DeviceText.escape(leaf.getSubjectX500Principal().getName()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
