package org.outpost.simulator.wsman.model;

import io.netty.util.NetUtil;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** The wired and the wireless port, their addresses, 802.1X on the wire (wsman.md §15). */
final class NetworkClasses {
    static final String PORT = "AMT_EthernetPortSettings";
    private static final String WIRED = "Intel(r) AMT Ethernet Port Settings 0";
    private static final String WIRELESS = "Intel(r) AMT Ethernet Port Settings 1";
    private static final EnumSet<Realm> ADMINS = EnumSet.of(Realm.ADMINISTRATION);

    private NetworkClasses() {}

    static List<CimClass> classes() {
        return List.of(
                portSettings(),
                CimClass.named("CIM_EthernetPort")
                        .keys(
                                "CreationClassName",
                                "DeviceID",
                                "SystemCreationClassName",
                                "SystemName")
                        .many(NetworkClasses::ports)
                        .build(),
                CimClass.named("IPS_IPv6PortSettings")
                        .many(NetworkClasses::ipv6)
                        .writable(
                                Property.number("InterfaceIDType", 0, 2),
                                Property.text("ManualInterfaceID", 32),
                                Property.flag("IPv6Enabled"),
                                Property.text("IPv6Address", 64),
                                Property.text("DefaultRouter", 64),
                                Property.text("PrimaryDNS", 64),
                                Property.text("SecondaryDNS", 64))
                        .build(),
                CimClass.named("IPS_LANEndpoint")
                        .systemKeys()
                        .many(NetworkClasses::endpoints)
                        .build(),
                CimClass.named("IPS_HostIPSettings").many(NetworkClasses::hostAddresses).build(),
                CimClass.named("AMT_8021XProfile")
                        .single(firmware -> profile("AMT_8021XProfile"))
                        .writable(
                                Property.flag("Enabled"),
                                Property.flag("ActiveInS0"),
                                Property.number("AuthenticationProtocol", 0, 10),
                                Property.text("ServerCertificateName", 80),
                                Property.number("ServerCertificateNameComparison", 1, 3),
                                Property.text("Username", 128),
                                Property.text("Domain", 128),
                                Property.secret("Password", 0, 128),
                                Property.secret("ProtectedAccessCredential", 0, 2048),
                                Property.number("PxeTimeout", 0, 86_400))
                        .build(),
                CimClass.named("IPS_IEEE8021xSettings")
                        .single(NetworkClasses::wired8021x)
                        .writable(
                                Property.number("Enabled", 2, 6),
                                Property.flag("AvailableInS0"),
                                Property.number("AuthenticationProtocol", 0, 10),
                                Property.text("ServerCertificateName", 80),
                                Property.number("ServerCertificateNameComparison", 1, 3),
                                Property.text("Username", 128),
                                Property.text("Domain", 128),
                                Property.secret("Password", 0, 128),
                                Property.number("PxeTimeout", 0, 86_400))
                        .method("SetCertificates", NetworkClasses::setCertificates)
                        .build());
    }

    private static CimClass portSettings() {
        return CimClass.named(PORT)
                .many(NetworkClasses::settings)
                .writable(
                        Property.flag("DHCPEnabled"),
                        Property.text("IPAddress", 15),
                        Property.text("SubnetMask", 15),
                        Property.text("DefaultGateway", 15),
                        Property.text("PrimaryDNS", 15),
                        Property.text("SecondaryDNS", 15),
                        Property.flag("SharedStaticIp"),
                        Property.flag("IpSyncEnabled"),
                        Property.numbers("LinkPolicy", 4, 1, 255),
                        Property.number("LinkPreference", 1, 2),
                        Property.number("LinkControl", 1, 2),
                        Property.number("WLANLinkProtectionLevel", 0, 3),
                        Property.number("ConsoleTcpMaxRetransmissions", 1, 255),
                        Property.number("VLANTag", 0, 4095))
                .onPut(NetworkClasses::put)
                .method("SetLinkPreference", ADMINS, NetworkClasses::setPreference)
                .build();
    }

    private static List<Instance> settings(Firmware firmware) {
        List<Instance> ports = new ArrayList<>();
        ports.add(
                Instance.of(PORT)
                        .set("InstanceID", WIRED)
                        .named("Intel(r) AMT Ethernet Port Settings")
                        .set("DHCPEnabled", true)
                        .set("DefaultGateway", firmware.hardware().gateway())
                        .set("IPAddress", firmware.hardware().ipAddress())
                        .set("IpSyncEnabled", true)
                        .set("LinkIsUp", true)
                        .set("LinkPolicy", 1, 14)
                        .set("MACAddress", firmware.profile().macAddress())
                        .set("PhysicalConnectionType", 0)
                        .set("PrimaryDNS", firmware.hardware().gateway())
                        .set("SharedDynamicIP", true)
                        .set("SharedMAC", true)
                        .set("SharedStaticIp", false)
                        .set("SubnetMask", "255.255.255.0")
                        .build());
        ports.add(
                Instance.of(PORT)
                        .set("InstanceID", WIRELESS)
                        .named("Intel(r) AMT Ethernet Port Settings")
                        .set("ConsoleTcpMaxRetransmissions", 5)
                        .set("DHCPEnabled", true)
                        .set("LinkControl", 2)
                        .set("LinkIsUp", false)
                        .set("LinkPreference", 2)
                        .set("MACAddress", firmware.hardware().wirelessMac())
                        .set("PhysicalConnectionType", 3)
                        .set("SharedMAC", true)
                        .set("WLANLinkProtectionLevel", 1)
                        .build());
        return ports;
    }

    private static void put(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        boolean wired = after.text("InstanceID").equals(WIRED);
        if (!wired && !after.flag("DHCPEnabled")) {
            throw FaultException.internal(Status.INVALID_PARAMETER);
        }
        if (wired && !after.flag("DHCPEnabled")) {
            for (String name : List.of("IPAddress", "SubnetMask")) {
                if (!isAddress(after.text(name))) {
                    throw FaultException.internal(Status.INVALID_PARAMETER);
                }
            }
        }
        call.audit(
                before.all("LinkPolicy").equals(after.all("LinkPolicy"))
                        ? AuditEvent.TCP_IP_CHANGED
                        : AuditEvent.LINK_POLICY_CHANGED);
    }

    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text);
    }

    private static Output setPreference(Call call, Arguments in) throws FaultException {
        long preference = in.number("LinkPreference", 0, 65_535);
        in.number("Timeout", 0, 65_535);
        if (!in.target().text("InstanceID").equals(WIRELESS)
                || !call.firmware().hardware().laptop()) {
            return Output.of(Status.UNSUPPORTED);
        }
        if (preference != 1 && preference != 2) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.store(
                in.target()
                        .but()
                        .set("LinkPreference", preference)
                        .set("LinkControl", preference)
                        .build());
        return Output.done();
    }

    private static List<Instance> ports(Firmware firmware) {
        List<Instance> ports = new ArrayList<>();
        ports.add(port(0, firmware.profile().macAddress(), 1_000_000_000L));
        if (firmware.hardware().laptop()) {
            ports.add(port(1, firmware.hardware().wirelessMac(), 0));
        }
        return ports;
    }

    private static Instance port(int number, String mac, long speed) {
        return Instance.of("CIM_EthernetPort")
                .set("CreationClassName", "CIM_EthernetPort")
                .set("DeviceID", "Intel(r) AMT Ethernet Port " + number)
                .named("Intel(r) AMT Ethernet Port")
                .set("EnabledState", 5)
                .set("LinkTechnology", number == 0 ? 2 : 11)
                .set("NetworkAddresses", mac.replace("-", ""))
                .set("PermanentAddress", mac)
                .set("PortType", 2)
                .set("RequestedState", 12)
                .set("Speed", speed)
                .set("SystemCreationClassName", "CIM_ComputerSystem")
                .set("SystemName", "Intel(r) AMT")
                .build();
    }

    private static List<Instance> ipv6(Firmware firmware) {
        List<Instance> settings = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            settings.add(
                    Instance.of("IPS_IPv6PortSettings")
                            .set("InstanceID", "Intel(r) IPS IPv6 Settings " + number)
                            .named("Intel(r) IPS IPv6 Settings")
                            .set("CurrentDefaultRouter", "::")
                            .set("CurrentPrimaryDNS", "::")
                            .set("CurrentSecondaryDNS", "::")
                            .set("DefaultRouter", "")
                            .set("IPv6Address", "")
                            .set("IPv6Enabled", false)
                            .set("InterfaceIDType", 1)
                            .set("ManualInterfaceID", "")
                            .set("PrimaryDNS", "")
                            .set("SecondaryDNS", "")
                            .build());
        }
        return settings;
    }

    private static List<Instance> endpoints(Firmware firmware) {
        return List.of(
                Instance.inSystem("IPS_LANEndpoint", "Host LAN Endpoint", "ManagedSystem")
                        .named("Host LAN Endpoint")
                        .set("EnabledState", 5)
                        .set(
                                "MACAddress",
                                firmware.profile()
                                        .macAddress()
                                        .replace("-", "")
                                        .toUpperCase(Locale.ROOT))
                        .set("NameFormat", "Other")
                        .set("RequestedState", 12)
                        .build());
    }

    private static List<Instance> hostAddresses(Firmware firmware) {
        return List.of(
                Instance.of("IPS_HostIPSettings")
                        .set("InstanceID", "Intel(r) IPS Host IP Settings 0")
                        .named("Intel(r) IPS Host IP Settings")
                        .set("AddressOrigin", 4)
                        .set("DefaultGateway", firmware.hardware().gateway())
                        .set("IPv4Address", firmware.hardware().ipAddress())
                        .set("SubnetMask", "255.255.255.0")
                        .build());
    }

    private static Instance profile(String className) {
        return Instance.of(className)
                .set("InstanceID", "Intel(r) AMT 802.1x Profile 0")
                .named("Intel(r) AMT 802.1x Profile")
                .set("ActiveInS0", true)
                .set("Enabled", false)
                .set("PxeTimeout", 120)
                .build();
    }

    private static Instance wired8021x(Firmware firmware) {
        return Instance.of("IPS_IEEE8021xSettings")
                .set("InstanceID", "Intel(r) AMT: 8021X Settings 0")
                .named("Intel(r) AMT: 8021X Settings")
                .set("AvailableInS0", true)
                .set("Enabled", 3)
                .set("PxeTimeout", 120)
                .build();
    }

    private static Output setCertificates(Call call, Arguments in) {
        boolean known =
                List.of("ServerCertificateIssuer", "ClientCertificate").stream()
                        .flatMap(name -> in.optionalReference(name).stream())
                        .allMatch(
                                reference ->
                                        call.table(CertificateClasses.CERTIFICATE)
                                                .find("InstanceID", reference.key("InstanceID"))
                                                .isPresent());
        return known ? Output.done() : Output.of(Status.INVALID_PARAMETER);
    }
}
