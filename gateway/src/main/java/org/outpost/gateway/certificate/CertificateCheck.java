package org.outpost.gateway.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asked about a peer's certificate after each TLS handshake. A full handshake had it verified
 * already; a resumed one has not, since the session is taken up without asking the trust manager.
 * And what needs the network, such as OCSP, may not be asked for within a handshake at all.
 */
@FunctionalInterface
public interface CertificateCheck {
    /** Lets everybody go on, at once. */
    CertificateCheck NONE =
            chain -> CompletableFuture.completedStage(new CertificateVerdict.Accepted());

    /**
     * Asks. Called on the connection's event loop, so it answers at once or later, but never waits.
     *
     * @param chain what the peer showed, now or when the session began, its own certificate first;
     *     empty when it showed none
     * @return completes on any thread, within a deadline of its own; a failure counts as {@link
     *     CertificateVerdict.Unavailable}
     */
    CompletionStage<CertificateVerdict> check(List<X509Certificate> chain);
}
