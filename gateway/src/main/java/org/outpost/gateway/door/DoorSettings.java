package org.outpost.gateway.door;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.terminator.Networks;
import org.outpost.gateway.terminator.ProxyProtocol;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a door for consoles is set up.
 *
 * @param addresses where to listen; port 0 takes a free one
 * @param tls the server's TLS, which also says whether clients need certificates; null for plain
 *     TCP
 * @param allowed the networks that consoles may come from, before any load balancer; empty for
 *     everywhere
 * @param proxyProtocol the peers that speak for consoles; null for none
 * @param devicePorts the device ports that may be asked for
 * @param connections how many connections at once; 0 for no limit
 * @param connectionsPerAddress how many of them from one address; 0 for no limit
 * @param handshake from accept to a complete request (TLS, greeting, header), whatever trickles in;
 *     and for each step of authentication
 * @param connect for a look-up and the opening of a channel together
 * @param splice deadlines of joined connections
 */
public record DoorSettings(
        List<InetSocketAddress> addresses,
        @Nullable TlsSource tls,
        Networks allowed,
        @Nullable ProxyProtocol proxyProtocol,
        Set<Integer> devicePorts,
        int connections,
        int connectionsPerAddress,
        Duration handshake,
        Duration connect,
        SpliceSettings splice) {
    /** AMT's web ports 16992/16993, redirection 16994/16995, ASF-RMCP 623/664, and VNC 5900. */
    public static final Set<Integer> AMT_PORTS = Set.of(16992, 16993, 16994, 16995, 623, 664, 5900);

    public DoorSettings {
        addresses = List.copyOf(addresses);
        devicePorts = Set.copyOf(devicePorts);
        if (addresses.isEmpty() || connections < 0 || connectionsPerAddress < 0) {
            throw new IllegalArgumentException("need an address, and limits of 0 or more");
        }
        if (!handshake.isPositive() || !connect.isPositive()) {
            throw new IllegalArgumentException("deadlines must be longer than nothing");
        }
    }

    /** The defaults, listening on these addresses. */
    public static DoorSettings on(InetSocketAddress... addresses) {
        return new DoorSettings(
                List.of(addresses),
                null,
                Networks.NONE,
                null,
                AMT_PORTS,
                10_000,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                SpliceSettings.DEFAULT);
    }

    /** With TLS in front. */
    public DoorSettings withTls(TlsSource context) {
        return new DoorSettings(
                addresses,
                context,
                allowed,
                proxyProtocol,
                devicePorts,
                connections,
                connectionsPerAddress,
                handshake,
                connect,
                splice);
    }

    /**
     * Only for consoles from these networks.
     *
     * @param networks as CIDR, {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or single addresses
     * @throws IllegalArgumentException when one is neither; the message names it
     */
    public DoorSettings withAllowed(List<String> networks) {
        return new DoorSettings(
                addresses,
                tls,
                Networks.of(networks),
                proxyProtocol,
                devicePorts,
                connections,
                connectionsPerAddress,
                handshake,
                connect,
                splice);
    }

    /** With other device ports. */
    public DoorSettings withDevicePorts(Set<Integer> ports) {
        return new DoorSettings(
                addresses,
                tls,
                allowed,
                proxyProtocol,
                ports,
                connections,
                connectionsPerAddress,
                handshake,
                connect,
                splice);
    }

    /** With other limits; 0 for none. */
    public DoorSettings withLimits(int total, int perAddress) {
        return new DoorSettings(
                addresses,
                tls,
                allowed,
                proxyProtocol,
                devicePorts,
                total,
                perAddress,
                handshake,
                connect,
                splice);
    }

    /** With other deadlines. */
    public DoorSettings withDeadlines(
            Duration newHandshake, Duration newConnect, SpliceSettings newSplice) {
        return new DoorSettings(
                addresses,
                tls,
                allowed,
                proxyProtocol,
                devicePorts,
                connections,
                connectionsPerAddress,
                newHandshake,
                newConnect,
                newSplice);
    }

    /** With peers that speak for consoles. */
    public DoorSettings withProxyProtocol(ProxyProtocol peers) {
        return new DoorSettings(
                addresses,
                tls,
                allowed,
                peers,
                devicePorts,
                connections,
                connectionsPerAddress,
                handshake,
                connect,
                splice);
    }
}
