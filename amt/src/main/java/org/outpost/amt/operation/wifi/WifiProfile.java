package org.outpost.amt.operation.wifi;

import org.outpost.amt.xml.Element;

import java.util.OptionalInt;

/**
 * A Wi-Fi profile in the device (CIM_WiFiEndpointSettings; wsman.md section 15). The passphrase is
 * never read back.
 *
 * @param instanceId its key
 * @param name its name
 * @param ssid the network's name
 * @param priority which is tried first; 1 is the first
 * @param authentication 4 WPA-PSK, 5 WPA-802.1X, 6 WPA2-PSK, 7 WPA2-802.1X, 32768 WPA3-SAE
 * @param encryption 3 TKIP, 4 CCMP
 */
public record WifiProfile(
        String instanceId,
        String name,
        String ssid,
        OptionalInt priority,
        OptionalInt authentication,
        OptionalInt encryption) {
    static WifiProfile of(Element read) {
        return new WifiProfile(
                read.textOr("InstanceID", ""),
                read.textOr("ElementName", ""),
                read.textOr("SSID", ""),
                read.integer("Priority"),
                read.integer("AuthenticationMethod"),
                read.integer("EncryptionMethod"));
    }
}
