package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.server.configuration.ClientCertificateRules;
import org.outpost.server.configuration.OcspMode;
import org.outpost.server.configuration.TlsSettings;
import org.outpost.server.trust.ClientCheck.IssuerQuestion;
import org.outpost.server.trust.OcspClient;
import org.outpost.server.trust.OcspQuestions;
import org.outpost.server.trust.OcspSettings;

import java.net.URI;
import java.time.InstantSource;

/** The listeners' questions to OCSP responders; one client serves all, when there are any. */
final class Responders implements AutoCloseable {
    private final TlsSettings settings;
    private final EgressPolicy egress;
    private final MeterRegistry meters;
    private @Nullable OcspClient client;

    Responders(TlsSettings settings, EgressPolicy egress, MeterRegistry meters) {
        this.settings = settings;
        this.egress = egress;
        this.meters = meters;
    }

    /** How a listener with these rules asks. */
    IssuerQuestion of(ClientCertificateRules rules) {
        if (rules.ocsp() == OcspMode.OFF) {
            return IssuerQuestion.NOT_ASKED;
        }
        OcspClient asking = client;
        if (asking == null) {
            asking = new OcspClient(egress, settings.ocspTimeout(), InstantSource.system(), meters);
            client = asking;
        }
        String url = rules.ocspUrl();
        return new OcspQuestions(
                asking,
                new OcspSettings(
                        rules.ocsp() == OcspMode.HARD,
                        url == null ? null : URI.create(url),
                        settings.ocspNonce()));
    }

    @Override
    public void close() {
        OcspClient asking = client;
        if (asking != null) {
            asking.close();
        }
    }
}
