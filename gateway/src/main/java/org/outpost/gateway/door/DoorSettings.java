package org.outpost.gateway.door;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.splice.SpliceSettings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a door for consoles is set up.
 *
 * @param addresses where to listen; port 0 takes a free one
 * @param tls the server's TLS, which also says whether clients need certificates; null for plain
 *     TCP
 * @param allowed the networks that consoles may come from; empty for everywhere
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
        @Nullable Supplier<SslContext> tls,
        List<IpSubnetFilterRule> allowed,
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
        allowed = List.copyOf(allowed);
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
                List.of(),
                AMT_PORTS,
                10_000,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                SpliceSettings.DEFAULT);
    }

    /** With TLS in front. */
    public DoorSettings withTls(Supplier<SslContext> context) {
        return new DoorSettings(
                addresses,
                context,
                allowed,
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
                networks.stream().map(DoorSettings::network).toList(),
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
                devicePorts,
                connections,
                connectionsPerAddress,
                newHandshake,
                newConnect,
                newSplice);
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean four = NetUtil.isValidIpV4Address(address);
        // Checked first, because the rule would ask the DNS for anything else.
        if (!four && !NetUtil.isValidIpV6Address(address)) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        int longest = four ? 32 : 128;
        try {
            int prefix = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > longest) {
                throw new IllegalArgumentException("not a network: " + text);
            }
            return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }
}
