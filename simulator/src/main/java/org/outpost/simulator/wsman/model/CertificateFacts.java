package org.outpost.simulator.wsman.model;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What AMT shows of a certificate.
 *
 * @param subject distinguished name
 * @param issuer distinguished name of who signed it
 */
record CertificateFacts(String subject, String issuer, PublicKey publicKey) {
    /** Reads a certificate in DER; empty when it is none. */
    static Optional<CertificateFacts> read(byte[] der) {
        try {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der));
            return Optional.of(
                    new CertificateFacts(
                            certificate.getSubjectX500Principal().getName(),
                            certificate.getIssuerX500Principal().getName(),
                            certificate.getPublicKey()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
