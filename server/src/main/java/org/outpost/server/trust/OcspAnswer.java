package org.outpost.server.trust;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

/**
 * Reads a responder's answer (RFC 6960 §4.2) and believes it only when it is about the certificate
 * asked for, of this time, and signed by the certificate's issuer or by a responder that the issuer
 * certified for that. Such a responder's own revocation is not asked about: issuers give it short
 * lives instead.
 */
final class OcspAnswer {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    /** Clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** How long an answer holds that does not say how long it holds. */
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private final OcspQuestion question;
    private final X509Certificate issuer;
    private final Instant now;

    OcspAnswer(OcspQuestion question, X509Certificate issuer, Instant now) {
        this.question = question;
        this.issuer = issuer;
        this.now = now;
    }

    /**
     * Reads it.
     *
     * @param encoded what came
     * @throws OcspException when it says nothing, or is not to be believed
     */
    OcspStatus read(byte[] encoded) throws OcspException {
        try {
            BasicOCSPResp answer = successful(encoded);
            requireSignature(answer);
            requireNonce(answer);
            for (SingleResp each : answer.getResponses()) {
                if (each.getCertID().matchesIssuer(new JcaX509CertificateHolder(issuer), digests())
                        && each.getCertID()
                                .getSerialNumber()
                                .equals(question.id().getSerialNumber())) {
                    return status(each);
                }
            }
            throw new OcspException("the answer is about other certificates");
        } catch (OcspException e) {
            throw e;
        } catch (GeneralSecurityException
                | OCSPException
                | OperatorCreationException
                | IOException
                | RuntimeException e) {
            // The parser throws this or that at bytes that are no answer.
            throw new OcspException("the answer is garbled", e);
        }
    }

    private static BasicOCSPResp successful(byte[] encoded) throws OcspException, IOException {
        OCSPResp response = new OCSPResp(encoded);
        if (response.getStatus() != OCSPResp.SUCCESSFUL) {
            String words = "the responder answers with error " + response.getStatus();
            // Others are about the question: it does not serve this certificate, say.
            throw response.getStatus() == OCSPResp.TRY_LATER
                            || response.getStatus() == OCSPResp.INTERNAL_ERROR
                    ? OcspException.unreachable(words, null)
                    : new OcspException(words);
        }
        try {
            if (response.getResponseObject() instanceof BasicOCSPResp basic) {
                return basic;
            }
        } catch (OCSPException e) {
            throw new OcspException("the answer is garbled", e);
        }
        throw new OcspException("the answer is of an unknown kind");
    }

    private void requireSignature(BasicOCSPResp answer)
            throws OcspException,
                    OCSPException,
                    OperatorCreationException,
                    GeneralSecurityException {
        X509CertificateHolder own = new JcaX509CertificateHolder(issuer);
        if (isOf(answer, own) && isSignedBy(answer, issuer)) {
            return;
        }
        for (X509CertificateHolder each : List.of(answer.getCerts())) {
            if (isOf(answer, each)) {
                X509Certificate delegate = new JcaX509CertificateConverter().getCertificate(each);
                if (isDelegate(delegate) && isSignedBy(answer, delegate)) {
                    return;
                }
            }
        }
        throw new OcspException("the answer is not signed by the issuer or one it certified");
    }

    /** Whether the answer says that it comes from whom the certificate names. */
    private static boolean isOf(BasicOCSPResp answer, X509CertificateHolder responder)
            throws OCSPException, OperatorCreationException {
        RespID id = answer.getResponderId();
        return id.equals(new RespID(responder.getSubject()))
                || id.equals(
                        new RespID(
                                responder.getSubjectPublicKeyInfo(),
                                digests().get(RespID.HASH_SHA1)));
    }

    private boolean isDelegate(X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            certificate.checkValidity(Date.from(now));
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses != null && uses.contains(OCSP_SIGNING);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSignedBy(BasicOCSPResp answer, X509Certificate signer)
            throws OCSPException, OperatorCreationException {
        return answer.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(signer.getPublicKey()));
    }

    /** A responder may leave it out; one that repeats it repeats ours. */
    private void requireNonce(BasicOCSPResp answer) throws OcspException {
        byte[] sent = question.nonce();
        Extension repeated = answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (sent == null || repeated == null) {
            return;
        }
        byte[] nonce = ASN1OctetString.getInstance(repeated.getParsedValue()).getOctets();
        if (!Arrays.equals(sent, nonce)) {
            throw new OcspException("the answer belongs to another question");
        }
    }

    private OcspStatus status(SingleResp answer) throws OcspException {
        Date next = answer.getNextUpdate();
        Instant until = next == null ? now.plus(UNSAID) : next.toInstant();
        if (answer.getThisUpdate().toInstant().isAfter(now.plus(SKEW))) {
            throw new OcspException("the answer is of " + answer.getThisUpdate().toInstant());
        }
        if (until.isBefore(now.minus(SKEW))) {
            throw new OcspException("the answer ended on " + until);
        }
        CertificateStatus status = answer.getCertStatus();
        if (status instanceof RevokedStatus revoked) {
            return new OcspStatus.Revoked(revoked.getRevocationTime().toInstant(), until);
        }
        return status instanceof UnknownStatus
                ? new OcspStatus.Unknown(until)
                : new OcspStatus.Good(until);
    }

    private static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder().build();
    }
}
