package org.outpost.amt.operation.remoteaccess;

/**
 * A server that the device may call (AMT_ManagementPresenceRemoteSAP).
 *
 * @param name its key, such as {@code Intel(r) AMT:Management Presence Server 0}
 * @param accessInfo its address
 * @param infoFormat 3 IPv4, 4 IPv6, 201 FQDN
 * @param port its port
 * @param commonName the name its certificate must have, where the address is an IP address
 */
public record MpsServer(
        String name, String accessInfo, int infoFormat, int port, String commonName) {}
