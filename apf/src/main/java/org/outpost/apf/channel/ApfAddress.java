package org.outpost.apf.channel;

import java.net.SocketAddress;

/**
 * Where a channel leads: the port of the device that the server connects to, or what a device asks
 * for, with the originator that goes along (apf.md section 2.9).
 */
public final class ApfAddress extends SocketAddress {
    private final String channelType;
    private final String host;
    private final int port;
    private final String originatorHost;
    private final int originatorPort;

    /**
     * Makes an address.
     *
     * @param channelType {@code forwarded-tcpip} or {@code direct-tcpip}
     * @param host the connected address, or the host to connect to; may be empty
     * @param port 0 to 65535
     * @param originatorHost address text of whoever caused the connection
     * @param originatorPort 0 to 65535
     */
    public ApfAddress(
            String channelType, String host, int port, String originatorHost, int originatorPort) {
        this.channelType = channelType;
        this.host = host;
        this.port = port;
        this.originatorHost = originatorHost;
        this.originatorPort = originatorPort;
    }

    /** {@code forwarded-tcpip} or {@code direct-tcpip}. */
    public String channelType() {
        return channelType;
    }

    /** The connected address, or the host to connect to. */
    public String host() {
        return host;
    }

    /** 0 to 65535. */
    public int port() {
        return port;
    }

    /** Address text of whoever caused the connection. */
    public String originatorHost() {
        return originatorHost;
    }

    /** 0 to 65535. */
    public int originatorPort() {
        return originatorPort;
    }

    @Override
    public String toString() {
        return channelType + ":" + host + ":" + port;
    }
}
