package org.outpost.server.trust;

import org.outpost.gateway.certificate.CertificateVerdict;

import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;

/**
 * One listener's questions to responders, and what it makes of the answers.
 *
 * @param client asks
 * @param settings how the listener wants it
 */
public record OcspQuestions(OcspClient client, OcspSettings settings)
        implements ClientCheck.IssuerQuestion {
    @Override
    public CompletionStage<CertificateVerdict> ask(
            X509Certificate certificate, X509Certificate issuer) {
        return client.ask(certificate, issuer, settings)
                .handle(
                        (status, failure) ->
                                failure == null
                                        ? verdict(status)
                                        : unavailable(OcspClient.reason(failure)));
    }

    private static CertificateVerdict verdict(OcspStatus status) {
        return switch (status) {
            case OcspStatus.Good _ -> new CertificateVerdict.Accepted();
            case OcspStatus.Revoked revoked ->
                    new CertificateVerdict.Refused(
                            "its issuer's responder says that it was revoked on "
                                    + revoked.since());
            case OcspStatus.Unknown _ ->
                    new CertificateVerdict.Refused("its issuer's responder does not know it");
        };
    }

    private CertificateVerdict unavailable(String reason) {
        return settings.hard()
                ? new CertificateVerdict.Unavailable("its issuer's responder: " + reason)
                : new CertificateVerdict.Accepted();
    }
}
