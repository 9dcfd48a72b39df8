package org.outpost.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where the devices call in, as the user wrote it.
 *
 * @param host name or address, without brackets
 * @param port from 1 to 65535
 */
record ServerAddress(String host, int port) {
    /** The customary port of a Management Presence Server (apf.md §1.1). */
    static final int DEFAULT_PORT = 4433;

    /**
     * Reads {@code host}, {@code host:port}, {@code [address]} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    static ServerAddress parse(String text) {
        int hostEnd;
        String host;
        if (text.startsWith("[")) {
            hostEnd = text.indexOf(']') + 1;
            if (hostEnd == 0) {
                throw new IllegalArgumentException("'" + text + "': the ] is missing");
            }
            host = text.substring(1, hostEnd - 1);
        } else {
            int colon = text.indexOf(':');
            if (colon != text.lastIndexOf(':')) {
                throw new IllegalArgumentException(
                        "'" + text + "': write an IPv6 address in brackets, as in [::1]:4433");
            }
            hostEnd = colon < 0 ? text.length() : colon;
            host = text.substring(0, hostEnd);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("'" + text + "': the host is missing");
        }
        String rest = text.substring(hostEnd);
        if (rest.isEmpty()) {
            return new ServerAddress(host, DEFAULT_PORT);
        }
        return new ServerAddress(host, port(text, rest));
    }

    private static int port(String text, String rest) {
        try {
            int port = rest.startsWith(":") ? Integer.parseInt(rest.substring(1)) : 0;
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "': expected HOST:PORT, port 1 to 65535");
    }

    /**
     * Looks the host up, once: what was checked is what is connected to.
     *
     * @param mine whether the user said that the server is his
     * @throws UnknownHostException when there is no such host
     * @throws IllegalArgumentException with a text for the user, when an address is not this
     *     machine and the user did not say so
     */
    InetSocketAddress resolve(boolean mine) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        if (!mine && !Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            throw new IllegalArgumentException(
                    host
                            + " is not this machine: a fleet of devices is a load on its server."
                            + " If it is yours, add --yes-this-is-mine");
        }
        return new InetSocketAddress(addresses[0], port);
    }
}
