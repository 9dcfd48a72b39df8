package org.outpost.simulator.amt;

import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The devices' own TLS certificates: self-signed leaves with RSA of 2048 bits and the FQDN as
 * common name (simulator.md §5). All share one key pair, made when the first is needed; the
 * certificates most recently used are kept. Takes fractions of a second: not to be asked on an
 * event loop. Safe for use by several threads.
 */
public final class DeviceCertificates {
    private static final int KEY_BITS = 2048;
    private static final int KEPT = 256;
    private static final Duration VALID_BEFORE = Duration.ofDays(365);
    private static final Duration VALID_AFTER = Duration.ofDays(3650);

    /** One time for all: a certificate that is made again is the same to the byte. */
    private final Instant since;

    private final Map<String, X509Certificate> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
                    return size() > KEPT;
                }
            };
    private @Nullable KeyPair keyPair;

    /**
     * Certificates of a process.
     *
     * @param clock decides from when to when they are valid
     */
    public DeviceCertificates(InstantSource clock) {
        this.since = clock.instant();
    }

    /** The key that all devices share. */
    synchronized PrivateKey privateKey() {
        return keyPair().getPrivate();
    }

    /** The certificate for a name. */
    synchronized X509Certificate certificate(String fqdn) {
        X509Certificate certificate = kept.get(fqdn);
        if (certificate == null) {
            certificate = issue(fqdn);
            kept.put(fqdn, certificate);
        }
        return certificate;
    }

    private KeyPair keyPair() {
        KeyPair made = keyPair;
        if (made == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                made = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has RSA", e);
            }
            keyPair = made;
        }
        return made;
    }

    private X509Certificate issue(String fqdn) {
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, fqdn).build();
        X509v3CertificateBuilder certificate =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(since.toEpochMilli()),
                        Date.from(since.minus(VALID_BEFORE)),
                        Date.from(since.plus(VALID_AFTER)),
                        name,
                        keyPair().getPublic());
        try {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            certificate.build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(keyPair().getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate for " + fqdn + " failed", e);
        }
    }
}
