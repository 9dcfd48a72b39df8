package org.outpost.amt.operation.general;

import org.outpost.amt.xml.Element;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * AMT_GeneralSettings (wsman.md section 3).
 *
 * @param hostName without its domain
 * @param domainName the domain
 * @param digestRealm the realm of every digest password on this device
 * @param networkEnabled whether AMT is on the network
 * @param pingResponse whether it answers ping
 * @param rmcpPingResponse whether it answers RMCP ping
 * @param wsmanOnly whether the web page is off
 * @param sharedFqdn whether AMT and the host share their name
 * @param idleWakeTimeout minutes until AMT goes to low power
 * @param powerSource 0 mains, 1 battery
 * @param privacyLevel 0 default, 1 enhanced, 2 extreme
 * @param presenceInterval minutes between presence events; 0 is off, else at least 15
 */
public record GeneralSettings(
        String hostName,
        String domainName,
        String digestRealm,
        boolean networkEnabled,
        boolean pingResponse,
        boolean rmcpPingResponse,
        boolean wsmanOnly,
        boolean sharedFqdn,
        OptionalInt idleWakeTimeout,
        OptionalInt powerSource,
        OptionalInt privacyLevel,
        OptionalInt presenceInterval) {
    static GeneralSettings of(Element read) {
        return new GeneralSettings(
                read.textOr("HostName", ""),
                read.textOr("DomainName", ""),
                read.textOr("DigestRealm", ""),
                read.isTrue("AMTNetworkEnabled"),
                read.isTrue("PingResponseEnabled"),
                read.isTrue("RmcpPingResponseEnabled"),
                read.isTrue("WsmanOnlyMode"),
                read.isTrue("SharedFQDN"),
                read.integer("IdleWakeTimeout"),
                read.integer("PowerSource"),
                read.integer("PrivacyLevel"),
                read.integer("PresenceNotificationInterval"));
    }

    /** Host name and domain, where both are known. */
    public Optional<String> fqdn() {
        return hostName.isEmpty() || domainName.isEmpty()
                ? Optional.empty()
                : Optional.of(hostName + '.' + domainName);
    }
}
