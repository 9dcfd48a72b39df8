package org.outpost.server.configuration;

import org.outpost.server.configuration.AuthenticatorSettings.InsecureAcceptAny;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** On which addresses the doors listen when none is written (design §5). */
public final class Addresses {
    private static final InetAddress LOOPBACK_4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");
    private static final InetAddress ANY_4 = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress ANY_6 = InetAddress.ofLiteral("::");

    private final boolean ipv6;

    /** Looks whether this machine has IPv6. */
    public Addresses() {
        this(hasIpv6());
    }

    Addresses(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(LOOPBACK_6, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where devices call in: everywhere, or on loopback when their passwords would cross the
     * network in clear, unless an address is written.
     */
    public List<InetAddress> forDevices(TunnelListener listener) {
        if (!listener.address().isEmpty()) {
            return listener.address();
        }
        return listener.tls() == TlsProfile.NONE ? loopback() : anywhere();
    }

    /**
     * Where consoles connect: loopback when anybody could, unless an address is written. Without a
     * configuration file loopback is written for them: see {@link ConfigurationLoader}.
     */
    public List<InetAddress> forConsoles(List<InetAddress> written, Configuration configuration) {
        if (!written.isEmpty()) {
            return written;
        }
        return letsEverybodyIn(configuration) ? loopback() : anywhere();
    }

    /** Where operators connect: loopback, unless an address is written. */
    public List<InetAddress> forOperators(List<InetAddress> written) {
        return written.isEmpty() ? loopback() : written;
    }

    private static boolean letsEverybodyIn(Configuration configuration) {
        return configuration.console().authenticators().stream()
                .anyMatch(InsecureAcceptAny.class::isInstance);
    }

    /** This machine alone. */
    List<InetAddress> loopback() {
        return ipv6 ? List.of(LOOPBACK_4, LOOPBACK_6) : List.of(LOOPBACK_4);
    }

    // A wildcard IPv6 socket takes IPv4 as well.
    private List<InetAddress> anywhere() {
        return List.of(ipv6 ? ANY_6 : ANY_4);
    }
}
