package org.outpost.amt.operation.wifi;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Wi-Fi of the management engine, and 802.1X of the wired port (wsman.md section 15). */
public final class WifiService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_WiFiPortConfigurationService");
    private static final AmtClass PROFILE = AmtClass.of("CIM_WiFiEndpointSettings");
    private static final AmtClass PORT = AmtClass.of("CIM_WiFiPort");
    private static final AmtClass ENTERPRISE = AmtClass.of("CIM_IEEE8021xSettings");
    private static final String KEY = "Intel(r) AMT:WiFi Endpoint Settings ";
    private static final EndpointReference ENDPOINT =
            EndpointReference.of(
                    AmtClass.of("CIM_WiFiEndpoint"), Selectors.of("Name", "WiFi Endpoint 0"));
    private static final int INFRASTRUCTURE = 3;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public WifiService(AmtCalls calls) {
        this.calls = calls;
    }

    /** When Wi-Fi is used. */
    public CompletionStage<WifiState> state() {
        return calls.get(PORT.name())
                .thenApply(read -> WifiState.of(read.integer("EnabledState").orElse(0)));
    }

    /** Changes when Wi-Fi is used. */
    public CompletionStage<Element> request(WifiState state) {
        return calls.invoke(
                Invocation.of(PORT, "RequestStateChange").with("RequestedState", state.number()));
    }

    /** The profiles, those of the user among them. */
    public CompletionStage<List<WifiProfile>> profiles() {
        return calls.enumerate(PROFILE.name())
                .thenApply(list -> list.stream().map(WifiProfile::of).toList());
    }

    /** Adds a profile. */
    public CompletionStage<Element> add(NewWifiProfile profile) {
        return calls.invoke(
                with(
                        Invocation.of(SERVICE, "AddWiFiSettings").with("WiFiEndpoint", ENDPOINT),
                        profile));
    }

    /** Replaces the profile of the same name. */
    public CompletionStage<Element> update(NewWifiProfile profile) {
        EndpointReference which =
                EndpointReference.of(PROFILE, Selectors.of("InstanceID", KEY + profile.name()));
        return calls.invoke(
                with(
                        Invocation.of(SERVICE, "UpdateWiFiSettings")
                                .with("WiFiEndpointSettings", which),
                        profile));
    }

    private static Invocation with(Invocation call, NewWifiProfile profile) {
        Invocation all = call.with(input(profile));
        if (profile.enterprise().isPresent()) {
            Ieee8021x enterprise = profile.enterprise().get();
            all =
                    all.with(
                            enterprise.settings(
                                    SERVICE.uri(),
                                    "IEEE8021xSettingsInput",
                                    ENTERPRISE.uri(),
                                    profile.name()));
            if (enterprise.clientCertificate().isPresent()) {
                all = all.with("ClientCredential", enterprise.clientCertificate().get());
            }
            if (enterprise.rootCertificate().isPresent()) {
                all = all.with("CACredential", enterprise.rootCertificate().get());
            }
        }
        return all;
    }

    private static Element input(NewWifiProfile profile) {
        List<Element> inside = new ArrayList<>();
        inside.add(property("ElementName", profile.name()));
        inside.add(property("InstanceID", KEY + profile.name()));
        inside.add(property("AuthenticationMethod", Integer.toString(profile.authentication())));
        inside.add(property("BSSType", Integer.toString(INFRASTRUCTURE)));
        inside.add(property("EncryptionMethod", Integer.toString(profile.encryption())));
        inside.add(property("SSID", profile.ssid()));
        inside.add(property("Priority", Integer.toString(profile.priority())));
        profile.passphrase().ifPresent(text -> inside.add(property("PSKPassPhrase", text)));
        return Element.of(SERVICE.uri(), "WiFiEndpointSettingsInput", inside);
    }

    private static Element property(String name, String value) {
        return Element.of(PROFILE.uri(), name, value);
    }

    /**
     * Removes a profile.
     *
     * @param name its name
     */
    public CompletionStage<Optional<Element>> remove(String name) {
        return calls.delete(PROFILE.name(), Selectors.of("InstanceID", KEY + name));
    }

    /**
     * Whether the profiles of the operating system are copied: 0 no, 1 the user's, 3 unrestricted.
     */
    public CompletionStage<Integer> synchronization() {
        return calls.get(SERVICE.name())
                .thenApply(read -> read.integer("localProfileSynchronizationEnabled").orElse(0));
    }

    /**
     * Changes which profiles are copied.
     *
     * @param mode 0 none, 1 the user's, 3 unrestricted
     * @param shareWithUefi whether UEFI may use the profiles; for HTTPS boot over Wi-Fi
     */
    public CompletionStage<Element> synchronize(int mode, boolean shareWithUefi) {
        if (mode != 0 && mode != 1 && mode != 3) {
            throw new IllegalArgumentException("profile synchronization is 0, 1 or 3");
        }
        return calls.update(
                SERVICE.name(),
                read -> {
                    Element edited = read.with("localProfileSynchronizationEnabled", mode);
                    // Older AMT does not know it, and refuses what it does not know.
                    return read.child("UEFIWiFiProfileShareEnabled").isPresent()
                            ? edited.with("UEFIWiFiProfileShareEnabled", shareWithUefi)
                            : edited;
                });
    }

    /** 802.1X of the wired port, as the device tells it. */
    public CompletionStage<Element> wired8021x() {
        return calls.get("IPS_IEEE8021xSettings");
    }

    /** The 802.1X settings of Wi-Fi profiles, as the device tells them. */
    public CompletionStage<List<Element>> wireless8021x() {
        return calls.enumerate(ENTERPRISE.name());
    }
}
