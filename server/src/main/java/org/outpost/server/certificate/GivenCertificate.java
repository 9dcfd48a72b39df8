package org.outpost.server.certificate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * An operator's own server certificate, used as it is.
 *
 * @param certificate PEM file with the chain, the server's own certificate first
 * @param key PEM file with its private key: PKCS #8 or traditional, not encrypted
 */
public record GivenCertificate(Path certificate, Path key) {
    private static final Logger log = LoggerFactory.getLogger(GivenCertificate.class);
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    /**
     * Reads both files. What devices may dislike but TLS can do is logged as a warning.
     *
     * @throws IdentityException when a file cannot be read, the key is neither RSA nor EC, or not
     *     that of the first certificate, or this is not the time the certificate is for
     */
    public TlsIdentity read(InstantSource clock) throws IdentityException {
        List<X509Certificate> chain =
                PemFile.certificates(certificate, "the configured server certificate");
        PrivateKey secret = PemFile.key(key, "the configured server key");
        requireKnown(secret);
        requireMatch(secret, chain);
        requireInTime(chain.getFirst(), clock.instant());
        warn(chain);
        return new TlsIdentity(secret, chain);
    }

    private void requireKnown(PrivateKey secret) throws IdentityException {
        String kind = secret.getAlgorithm();
        if (!kind.equals("RSA") && !kind.equals("EC")) {
            throw PemFile.unusable(
                    key,
                    "the configured server key",
                    "it is a key for "
                            + kind
                            + ", and TLS here takes RSA (2048 bits, for most devices) or EC",
                    null);
        }
    }

    private void requireMatch(PrivateKey secret, List<X509Certificate> chain)
            throws IdentityException {
        if (KeyMatch.of(secret, chain.getFirst())) {
            return;
        }
        boolean laterOne = chain.stream().anyMatch(each -> KeyMatch.of(secret, each));
        throw new IdentityException(
                "the configured server key, "
                        + key
                        + ", is not that of the first certificate in "
                        + certificate
                        + (laterOne
                                ? " but of a later one: put the server's own certificate first"
                                : ": name the files that belong together"));
    }

    private void requireInTime(X509Certificate own, Instant now) throws IdentityException {
        if (now.isAfter(own.getNotAfter().toInstant())) {
            throw new IdentityException(
                    "the configured server certificate, "
                            + certificate
                            + ", ended on "
                            + own.getNotAfter().toInstant()
                            + ": put a new one in its place");
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            throw new IdentityException(
                    "the configured server certificate, "
                            + certificate
                            + ", begins on "
                            + own.getNotBefore().toInstant()
                            + ", and this machine says it is "
                            + now
                            + ": check its clock, or wait");
        }
    }

    private void warn(List<X509Certificate> chain) {
        for (int each = 0; each + 1 < chain.size(); each++) {
            try {
                chain.get(each).verify(chain.get(each + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                log.atWarn()
                        .addKeyValue("file", certificate)
                        .addKeyValue("position", each + 2)
                        .log(
                                "the certificate at this position did not issue the one before it;"
                                        + " clients may not find their way to the root");
            }
        }
        try {
            List<String> purposes = chain.getFirst().getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(SERVER_AUTH)) {
                log.atWarn()
                        .addKeyValue("file", certificate)
                        .log("the certificate is not meant for servers (no serverAuth)");
            }
        } catch (CertificateParsingException e) {
            log.atWarn()
                    .addKeyValue("file", certificate)
                    .log("the certificate's purposes are garbled");
        }
    }
}
