package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.Hardware;
import org.outpost.simulator.identity.AmtVersion;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.Property;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who the device is: versions, names, systems (wsman.md §3). */
final class IdentityClasses {
    static final String GENERAL_SETTINGS = "AMT_GeneralSettings";

    private IdentityClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("CIM_SoftwareIdentity").many(IdentityClasses::software).build(),
                CimClass.named("CIM_ComputerSystem")
                        .keys("CreationClassName", "Name")
                        .many(firmware -> List.of(system(firmware, true), system(firmware, false)))
                        .build(),
                systemPackage("CIM_ComputerSystemPackage"),
                systemPackage("CIM_SystemPackaging"),
                generalSettings());
    }

    private static List<Instance> software(Firmware firmware) {
        AmtVersion version = firmware.profile().version();
        Map<String, String> versions = new TreeMap<>();
        for (String part :
                List.of(
                        "Flash",
                        "Netstack",
                        "AMTApps",
                        "AMT",
                        "AMT FW Core Version",
                        "Recovery Version")) {
            versions.put(part, version.text());
        }
        versions.put("Build Number", Integer.toString(version.build()));
        versions.put("Recovery Build Num", Integer.toString(version.build()));
        versions.put("Sku", "16392");
        versions.put("VendorID", "8086");
        versions.put("Legacy Mode", "False");
        return versions.entrySet().stream()
                .map(
                        part ->
                                Instance.of("CIM_SoftwareIdentity")
                                        .set("InstanceID", part.getKey())
                                        .set("IsEntity", true)
                                        .set("VersionString", part.getValue())
                                        .build())
                .toList();
    }

    private static Instance system(Firmware firmware, boolean host) {
        Instance.Builder system =
                Instance.of("CIM_ComputerSystem")
                        .set("CreationClassName", "CIM_ComputerSystem")
                        .set("Name", host ? CimNames.HOST : CimNames.ENGINE)
                        .named(host ? "Managed System" : "Intel(r) AMT Subsystem")
                        .set("EnabledState", host && !firmware.machine().power().isOn() ? 3 : 5)
                        .set("HealthState", 5)
                        .set("NameFormat", "Other")
                        .set("OperationalStatus", host ? 0 : 2)
                        .set("RequestedState", 12);
        return host
                ? system.set("Dedicated", 0).build()
                : system.set("Dedicated", 14).set("PrimaryOwnerName", "").build();
    }

    private static CimClass systemPackage(String name) {
        return CimClass.named(name)
                .keys("Antecedent", "Dependent")
                .single(
                        firmware ->
                                Instance.of(name)
                                        .set("Antecedent", chassis())
                                        .set("Dependent", Reference.system(CimNames.HOST))
                                        .set(
                                                "PlatformGUID",
                                                HexFormat.of()
                                                        .withUpperCase()
                                                        .formatHex(
                                                                Hardware.smbiosUuid(
                                                                        firmware.profile())))
                                        .build())
                .build();
    }

    static Reference chassis() {
        return Instance.of("CIM_Chassis")
                .set("CreationClassName", "CIM_Chassis")
                .set("Tag", "CIM_Chassis")
                .build()
                .reference(List.of("CreationClassName", "Tag"));
    }

    private static CimClass generalSettings() {
        return CimClass.named(GENERAL_SETTINGS)
                .single(IdentityClasses::settings)
                .live(
                        (firmware, instance) ->
                                instance.but()
                                        .set("DigestRealm", firmware.accounts().realm())
                                        .build())
                .writableBy(Realm.ADMINISTRATION, Realm.NETWORK_TIME)
                .writable(
                        Property.text("HostName", 63),
                        Property.text("DomainName", 191),
                        Property.text("HostOSFQDN", 255),
                        Property.flag("SharedFQDN"),
                        Property.number("AMTNetworkEnabled", 0, 1),
                        Property.flag("NetworkInterfaceEnabled"),
                        Property.flag("PingResponseEnabled"),
                        Property.flag("RmcpPingResponseEnabled"),
                        Property.flag("WsmanOnlyMode"),
                        Property.number("DHCPSyncRequiresHostname", 0, 1),
                        Property.number("ThunderboltDockEnabled", 0, 1),
                        Property.number("IdleWakeTimeout", 1, 65_535),
                        Property.number("PreferredAddressFamily", 0, 1),
                        Property.number("PresenceNotificationInterval", 0, 65_535),
                        Property.number("PrivacyLevel", 0, 2),
                        Property.flag("DDNSUpdateEnabled"),
                        Property.flag("DDNSUpdateByDHCPServerEnabled"),
                        Property.number("DDNSPeriodicUpdateInterval", 20, 65_535),
                        Property.number("DDNSTTL", 900, 86_400))
                .onPut(
                        (call, before, after, given) -> {
                            long interval = after.number("PresenceNotificationInterval");
                            if (interval != 0 && interval < 15) {
                                throw Arguments.invalid("PresenceNotificationInterval");
                            }
                            if (!before.text("HostName").equals(after.text("HostName"))) {
                                call.audit(AuditEvent.HOST_NAME_CHANGED);
                            }
                            if (!before.text("DomainName").equals(after.text("DomainName"))) {
                                call.audit(AuditEvent.DOMAIN_NAME_CHANGED);
                            }
                        })
                .build();
    }

    private static Instance settings(Firmware firmware) {
        String fqdn = firmware.profile().fqdn();
        int dot = fqdn.indexOf('.');
        return Instance.of(GENERAL_SETTINGS)
                .set("InstanceID", "Intel(r) AMT: General Settings")
                .named("Intel(r) AMT: General Settings")
                .set("AMTNetworkEnabled", 1)
                .set("DDNSPeriodicUpdateInterval", 1440)
                .set("DDNSTTL", 900)
                .set("DDNSUpdateByDHCPServerEnabled", true)
                .set("DDNSUpdateEnabled", false)
                .set("DHCPSyncRequiresHostname", 1)
                .set("DHCPv6ConfigurationTimeout", 0)
                .set("DigestRealm", firmware.accounts().realm())
                .set("DomainName", dot < 0 ? "" : fqdn.substring(dot + 1))
                .set("HostName", firmware.profile().hostName())
                .set("HostOSFQDN", fqdn)
                .set("IdleWakeTimeout", 65_535)
                .set("NetworkInterfaceEnabled", true)
                .set("PingResponseEnabled", true)
                .set("PowerSource", 0)
                .set("PreferredAddressFamily", 0)
                .set("PresenceNotificationInterval", 0)
                .set("PrivacyLevel", 0)
                .set("RmcpPingResponseEnabled", true)
                .set("SharedFQDN", true)
                .set("ThunderboltDockEnabled", 0)
                .set("WsmanOnlyMode", false)
                .build();
    }
}
