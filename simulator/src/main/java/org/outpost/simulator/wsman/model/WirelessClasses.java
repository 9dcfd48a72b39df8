package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Wi-Fi: port, endpoint, profiles (wsman.md §15). Desktops have none of it. */
final class WirelessClasses {
    static final String PROFILE = "CIM_WiFiEndpointSettings";
    private static final String SETTINGS_8021X = "CIM_IEEE8021xSettings";
    private static final String PREFIX = "Intel(r) AMT:WiFi Endpoint Settings ";
    private static final String SERVICE = "Intel(r) AMT WiFi Port Configuration Service";
    private static final int MOST = 15;
    private static final Set<Long> WITH_PASSPHRASE = Set.of(4L, 6L, 32_768L);
    private static final Set<Long> WITH_8021X = Set.of(5L, 7L, 32_769L);

    private WirelessClasses() {}

    static List<CimClass> classes() {
        return List.of(
                wireless("CIM_WiFiPort")
                        .keys(
                                "CreationClassName",
                                "DeviceID",
                                "SystemCreationClassName",
                                "SystemName")
                        .single(WirelessClasses::port)
                        .method("RequestStateChange", WirelessClasses::switchPort)
                        .build(),
                wireless("CIM_WiFiEndpoint").systemKeys().single(firmware -> endpoint()).build(),
                wireless("CIM_WiFiEndpointCapabilities")
                        .single(firmware -> endpointCapabilities())
                        .build(),
                wireless("CIM_WiFiPortCapabilities").single(firmware -> portCapabilities()).build(),
                wireless(PROFILE).deletable(WirelessClasses::removed).build(),
                wireless(SETTINGS_8021X).build(),
                wireless("AMT_WiFiPortConfigurationService")
                        .systemKeys()
                        .single(firmware -> service())
                        .writable(
                                Property.number("localProfileSynchronizationEnabled", 0, 3),
                                Property.flag("UEFIWiFiProfileShareEnabled"))
                        .method("AddWiFiSettings", (call, in) -> save(call, in, false))
                        .method("UpdateWiFiSettings", (call, in) -> save(call, in, true))
                        .build());
    }

    private static CimClass.Builder wireless(String name) {
        return CimClass.named(name)
                .readableBy(Realm.GENERAL_INFO)
                .when(firmware -> firmware.hardware().laptop());
    }

    private static Instance port(Firmware firmware) {
        return Instance.of("CIM_WiFiPort")
                .set("CreationClassName", "CIM_WiFiPort")
                .set("DeviceID", "WiFi Port 0")
                .named("WiFi Port 0")
                .set("EnabledState", 32_769)
                .set("HealthState", 5)
                .set("LinkTechnology", 11)
                .set("PermanentAddress", firmware.hardware().wirelessMac())
                .set("RequestedState", 12)
                .set("SystemCreationClassName", "CIM_ComputerSystem")
                .set("SystemName", "Intel(r) AMT")
                .build();
    }

    private static Output switchPort(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (state != 3 && state != 32_768 && state != 32_769) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.store(
                in.target().but().set("EnabledState", state).set("RequestedState", state).build());
        return Output.done();
    }

    private static Instance endpoint() {
        return Instance.inEngine("CIM_WiFiEndpoint", "WiFi Endpoint 0")
                .named("WiFi Endpoint 0")
                .set("EnabledState", 5)
                .set("LANID", "WiFi Endpoint 0")
                .set("RequestedState", 12)
                .build();
    }

    private static Instance endpointCapabilities() {
        return Instance.of("CIM_WiFiEndpointCapabilities")
                .set("InstanceID", "WiFi Endpoint Capabilities")
                .named("WiFi Endpoint Capabilities")
                .set("SupportedAuthenticationMethods", 4, 5, 6, 7, 32_768)
                .set("SupportedEncryptionMethods", 3, 4)
                .build();
    }

    private static Instance portCapabilities() {
        return Instance.of("CIM_WiFiPortCapabilities")
                .set("InstanceID", "WiFi Port Capabilities")
                .named("WiFi Port Capabilities")
                .set("SupportedPortTypes", 70, 71, 72, 73)
                .build();
    }

    private static Instance service() {
        return Instance.inEngine("AMT_WiFiPortConfigurationService", SERVICE)
                .named("Intel(r) AMT WiFiPort Configuration Service")
                .set("EnabledState", 5)
                .set("HealthState", 5)
                .set("LastConnectedSsidUnderMeControl", "")
                .set("NoHostCsmeSoftwarePolicy", 0)
                .set("RequestedState", 12)
                .set("UEFIWiFiProfileShareEnabled", false)
                .set("localProfileSynchronizationEnabled", 0)
                .build();
    }

    private static Output save(Call call, Arguments in, boolean update) throws FaultException {
        Optional<Arguments> input = in.embedded("WiFiEndpointSettingsInput");
        if (input.isEmpty()) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        Arguments profile = input.get();
        String name = profile.text("ElementName", 32);
        String id =
                update && in.has("WiFiEndpointSettings")
                        ? in.reference("WiFiEndpointSettings").key("InstanceID")
                        : PREFIX + name;
        Status wrong = judge(call, in, profile, id, update);
        if (wrong != Status.SUCCESS) {
            return Output.of(wrong);
        }
        Instance saved =
                Instance.of(PROFILE)
                        .set("InstanceID", id)
                        .named(name)
                        .set(
                                "AuthenticationMethod",
                                profile.number("AuthenticationMethod", 0, 65_535))
                        .set("BSSType", profile.number("BSSType", 0, 3, 3))
                        .set("EncryptionMethod", profile.number("EncryptionMethod", 0, 65_535))
                        .set("Priority", profile.number("Priority", 1, 255))
                        .set("SSID", profile.text("SSID", 32))
                        .build();
        call.store(saved);
        save8021x(call, in, name);
        call.audit(
                update ? AuditEvent.WIRELESS_PROFILE_UPDATED : AuditEvent.WIRELESS_PROFILE_ADDED);
        Output output = Output.done();
        return update
                ? output.with("WiFiEndpointSettings", saved.reference(List.of("InstanceID")))
                : output.with("WiFiEndpointSettingsOutput", saved.reference(List.of("InstanceID")));
    }

    private static Status judge(
            Call call, Arguments in, Arguments profile, String id, boolean update)
            throws FaultException {
        List<Instance> all = call.instances(PROFILE);
        boolean known = all.stream().anyMatch(other -> other.text("InstanceID").equals(id));
        if (update && !known) {
            return Status.NOT_FOUND;
        }
        if (!update && known) {
            return Status.DUPLICATE;
        }
        if (!update && all.size() >= MOST) {
            return Status.MAX_LIMIT_REACHED;
        }
        long priority = profile.number("Priority", 1, 255);
        boolean samePriority =
                all.stream()
                        .filter(other -> !other.text("InstanceID").equals(id))
                        .anyMatch(other -> other.number("Priority") == priority);
        long method = profile.number("AuthenticationMethod", 0, 65_535);
        String passphrase = profile.text("PSKPassPhrase", 64);
        boolean badPassphrase =
                WITH_PASSPHRASE.contains(method)
                        && (passphrase.length() < 8 || passphrase.length() > 63)
                        && !(update && passphrase.isEmpty());
        boolean no8021x = WITH_8021X.contains(method) && !in.has("IEEE8021xSettingsInput");
        boolean unknownMethod = !WITH_PASSPHRASE.contains(method) && !WITH_8021X.contains(method);
        boolean noName =
                profile.text("ElementName", 32).isEmpty() || profile.text("SSID", 32).isEmpty();
        return samePriority || badPassphrase || no8021x || unknownMethod || noName
                ? Status.INVALID_PARAMETER
                : Status.SUCCESS;
    }

    /** Its 802.1X settings go with a profile. */
    private static void removed(Call call, Instance profile) {
        InstanceTable settings = call.table(SETTINGS_8021X);
        settings.find("InstanceID", id8021x(profile.text("ElementName")))
                .ifPresent(settings::remove);
        call.audit(AuditEvent.WIRELESS_PROFILE_REMOVED);
    }

    private static String id8021x(String profile) {
        return "Intel(r) AMT:IEEE 802.1x Settings " + profile;
    }

    private static void save8021x(Call call, Arguments in, String name) throws FaultException {
        Optional<Arguments> input = in.embedded("IEEE8021xSettingsInput");
        if (input.isPresent()) {
            Arguments settings = input.get();
            call.store(
                    Instance.of(SETTINGS_8021X)
                            .set("InstanceID", id8021x(name))
                            .named(name)
                            .set(
                                    "AuthenticationProtocol",
                                    settings.number("AuthenticationProtocol", 0, 10))
                            .set("Username", settings.text("Username", 128))
                            .set("Domain", settings.text("Domain", 128))
                            .build());
        }
    }
}
