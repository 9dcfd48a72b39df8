package org.outpost.server.trust;

import org.outpost.gateway.certificate.CertificateCheck;
import org.outpost.gateway.certificate.CertificateVerdict;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is asked after each handshake: chain, expiry and revocation lists once more, since a resumed
 * session has not been asked about them; then the issuer's responder, when one is configured.
 */
public final class ClientCheck implements CertificateCheck {
    private final ClientVerifier verifier;
    private final boolean required;
    private final IssuerQuestion issuer;

    /**
     * Makes the check of one listener.
     *
     * @param required whether a client without a certificate is refused
     * @param issuer asks the responder
     */
    public ClientCheck(ClientVerifier verifier, boolean required, IssuerQuestion issuer) {
        this.verifier = verifier;
        this.required = required;
        this.issuer = issuer;
    }

    /** Asks the issuer of a certificate whether it still stands by it. */
    @FunctionalInterface
    public interface IssuerQuestion {
        /** Asks nobody. */
        IssuerQuestion NOT_ASKED = (_, _) -> accepted();

        /** Answers at once or later, and never waits. */
        CompletionStage<CertificateVerdict> ask(
                X509Certificate certificate, X509Certificate issuer);
    }

    @Override
    public CompletionStage<CertificateVerdict> check(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return required ? refused("none was shown, and one is required") : accepted();
        }
        try {
            VerifiedClient client = verifier.verify(chain);
            return issuer.ask(client.certificate(), client.issuer());
        } catch (CertificateException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static CompletionStage<CertificateVerdict> accepted() {
        return CompletableFuture.completedFuture(new CertificateVerdict.Accepted());
    }

    private static CompletionStage<CertificateVerdict> refused(String reason) {
        return CompletableFuture.completedFuture(new CertificateVerdict.Refused(reason));
    }
}
