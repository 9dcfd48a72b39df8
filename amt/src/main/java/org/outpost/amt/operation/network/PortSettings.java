package org.outpost.amt.operation.network;

import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.OptionalInt;

/**
 * A port of the device (AMT_EthernetPortSettings; wsman.md section 15).
 *
 * @param instanceId which port; the one that ends in 0 is wired, in 1 wireless
 * @param macAddress with dashes; empty when there is no such port
 * @param linkUp whether it has a link
 * @param dhcp whether its address comes from DHCP
 * @param ipAddress its IPv4 address
 * @param subnetMask its mask
 * @param defaultGateway its way out
 * @param primaryDns first name server
 * @param secondaryDns second name server
 * @param sharedMac whether host and AMT share the MAC address
 * @param sharedStaticIp whether they share a static address
 * @param ipSync whether AMT follows the host's address
 * @param linkPolicy when the link is up: 1 S0/AC, 14 Sx/AC, 16 S0/DC, 224 Sx/DC
 * @param linkPreference 1 AMT, 2 the host; wireless only
 * @param linkControl who owns the link now, the same numbers
 * @param connectionType 0 LAN, 1 discrete, 2 dock, 3 Wi-Fi
 */
public record PortSettings(
        String instanceId,
        String macAddress,
        boolean linkUp,
        boolean dhcp,
        String ipAddress,
        String subnetMask,
        String defaultGateway,
        String primaryDns,
        String secondaryDns,
        boolean sharedMac,
        boolean sharedStaticIp,
        boolean ipSync,
        List<Integer> linkPolicy,
        OptionalInt linkPreference,
        OptionalInt linkControl,
        OptionalInt connectionType) {
    /** The wired port. */
    public static final String WIRED = "Intel(r) AMT Ethernet Port Settings 0";

    /** The wireless port. */
    public static final String WIRELESS = "Intel(r) AMT Ethernet Port Settings 1";

    /** Copies the list. */
    public PortSettings {
        linkPolicy = List.copyOf(linkPolicy);
    }

    static PortSettings of(Element read) {
        return new PortSettings(
                read.textOr("InstanceID", ""),
                read.textOr("MACAddress", ""),
                read.isTrue("LinkIsUp"),
                read.isTrue("DHCPEnabled"),
                read.textOr("IPAddress", ""),
                read.textOr("SubnetMask", ""),
                read.textOr("DefaultGateway", ""),
                read.textOr("PrimaryDNS", ""),
                read.textOr("SecondaryDNS", ""),
                read.isTrue("SharedMAC"),
                read.isTrue("SharedStaticIp"),
                read.isTrue("IpSyncEnabled"),
                read.integers("LinkPolicy"),
                read.integer("LinkPreference"),
                read.integer("LinkControl"),
                read.integer("PhysicalConnectionType"));
    }

    /** Whether it is the wireless port. */
    public boolean wireless() {
        return instanceId.equals(WIRELESS) || connectionType.orElse(0) == 3;
    }
}
