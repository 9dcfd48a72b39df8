package org.outpost.amt.operation.certificate;

import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** TLS of the device's own ports (wsman.md section 10.2). */
public final class TlsService {
    private static final String SETTINGS = "AMT_TLSSettingData";
    private static final AmtClass CONTEXT = AmtClass.of("AMT_TLSCredentialContext");
    private static final EndpointReference ENDPOINTS =
            EndpointReference.of(
                    AmtClass.of("AMT_TLSProtocolEndpointCollection"),
                    Selectors.of("ElementName", "TLSProtocolEndpoint Instances Collection"));

    private final AmtCalls calls;

    /** Asks through these calls. */
    public TlsService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The settings of both interfaces. */
    public CompletionStage<List<TlsSettings>> settings() {
        return calls.enumerate(SETTINGS)
                .thenApply(list -> list.stream().map(TlsSettings::of).toList());
    }

    /**
     * Changes one interface; counts from {@link #commit} on.
     *
     * @param settings what it shall be
     */
    public CompletionStage<TlsSettings> change(TlsSettings settings) {
        return calls.update(
                        SETTINGS, Selectors.of("InstanceID", settings.instanceId()), settings::edit)
                .thenApply(TlsSettings::of);
    }

    /**
     * Chooses the certificate that the device shows; its key must be in the device.
     *
     * @param certificate one of {@link CertificateService#certificates}
     */
    public CompletionStage<EndpointReference> useCertificate(EndpointReference certificate) {
        return calls.create(
                CONTEXT.name(),
                Element.of(
                        CONTEXT.uri(),
                        CONTEXT.name(),
                        List.of(
                                certificate.as(CONTEXT.uri(), "ElementInContext"),
                                ENDPOINTS.as(CONTEXT.uri(), "ElementProvidingContext"))));
    }

    /** The keys of the certificates in use. */
    public CompletionStage<List<String>> certificatesInUse() {
        return calls.enumerate(CONTEXT.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(read -> read.child("ElementInContext"))
                                        .flatMap(Optional::stream)
                                        .map(EndpointReference::read)
                                        .flatMap(Optional::stream)
                                        .map(reference -> reference.selectors().text("InstanceID"))
                                        .flatMap(Optional::stream)
                                        .toList());
    }

    /** Lets changed settings count. The device ends its connections: no answer is no failure. */
    public CompletionStage<Confirmation> commit() {
        return Confirmation.unlessLost(
                calls.invoke(
                        Invocation.of(
                                AmtClass.of("AMT_SetupAndConfigurationService"), "CommitChanges")));
    }
}
