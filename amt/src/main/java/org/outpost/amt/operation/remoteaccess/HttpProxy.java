package org.outpost.amt.operation.remoteaccess;

/**
 * An HTTP proxy through which the device calls (IPS_HTTPProxyAccessPoint; from AMT 12 on).
 *
 * @param name its key; empty before the device has given one
 * @param address IPv4, IPv6 or FQDN
 * @param port 1 to 65535
 * @param networkSuffix the DNS suffix of the network in which it is used, up to 192 characters
 */
public record HttpProxy(String name, String address, int port, String networkSuffix) {
    private static final int LONGEST = 192;

    /** Checks the lengths. */
    public HttpProxy {
        if (port < 0 || port > 0xFFFF || networkSuffix.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a proxy has a port of up to 65535 and a suffix of up to 192 characters");
        }
    }
}
