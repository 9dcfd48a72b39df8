package org.outpost.server.trust;

import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** One question to a responder (RFC 6960 §4.1). */
final class OcspQuestion {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Octets: what RFC 9654 wants at least. */
    private static final int NONCE = 32;

    private final CertificateID id;
    private final byte @Nullable [] nonce;
    private final byte[] encoded;

    private OcspQuestion(CertificateID id, byte @Nullable [] nonce, byte[] encoded) {
        this.id = id;
        this.nonce = nonce;
        this.encoded = encoded;
    }

    /** The certificate it is about. */
    CertificateID id() {
        return id;
    }

    /** What the answer should repeat; null when none is sent. */
    byte @Nullable [] nonce() {
        return nonce;
    }

    /** The request as DER. */
    byte[] encoded() {
        return encoded;
    }

    /**
     * Asks about a certificate.
     *
     * @param withNonce whether an answer made in advance is not wanted; many responders give no
     *     other
     */
    static OcspQuestion about(
            X509Certificate certificate, X509Certificate issuer, boolean withNonce) {
        try {
            // SHA-1 names the issuer here and signs nothing; all responders know it (RFC 5019).
            CertificateID id =
                    new CertificateID(
                            new JcaDigestCalculatorProviderBuilder()
                                    .build()
                                    .get(CertificateID.HASH_SHA1),
                            new JcaX509CertificateHolder(issuer),
                            certificate.getSerialNumber());
            OCSPReqBuilder builder = new OCSPReqBuilder().addRequest(id);
            byte[] nonce = null;
            if (withNonce) {
                nonce = new byte[NONCE];
                RANDOM.nextBytes(nonce);
                builder.setRequestExtensions(
                        new Extensions(
                                new Extension(
                                        OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                                        false,
                                        new DEROctetString(nonce).getEncoded())));
            }
            return new OcspQuestion(id, nonce, builder.build().getEncoded());
        } catch (OCSPException
                | OperatorCreationException
                | CertificateEncodingException
                | IOException e) {
            throw new IllegalStateException("no OCSP request for " + certificate, e);
        }
    }
}
