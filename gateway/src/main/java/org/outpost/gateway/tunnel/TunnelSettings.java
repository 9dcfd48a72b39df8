package org.outpost.gateway.tunnel;

import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.session.KeepAliveSettings;

import java.time.Duration;

/**
 * How tunnels behave.
 *
 * @param maxTunnels registered tunnels; 0 for no limit
 * @param deadlines of the handshake
 * @param apf lengths that are accepted
 * @param keepAlive rules for silent tunnels
 * @param multiplexer channels and windows
 * @param portPatience how long a console's connection waits for a port that a fresh tunnel has not
 *     announced yet
 * @param maxPorts ports that one device may forward
 * @param tcpUserTimeout after which unacknowledged data ends the TCP connection (epoll only)
 */
public record TunnelSettings(
        int maxTunnels,
        HandshakeDeadlines deadlines,
        ApfLimits apf,
        KeepAliveSettings keepAlive,
        MultiplexerSettings multiplexer,
        Duration portPatience,
        int maxPorts,
        Duration tcpUserTimeout) {
    /** 20,000 tunnels and the defaults of each part. */
    public static TunnelSettings defaults(MultiplexerSettings multiplexer) {
        return new TunnelSettings(
                20_000,
                HandshakeDeadlines.DEFAULT,
                ApfLimits.DEFAULT,
                KeepAliveSettings.DEFAULT,
                multiplexer,
                Duration.ofSeconds(3),
                64,
                Duration.ofSeconds(90));
    }

    /** These settings with another limit on tunnels. */
    public TunnelSettings withMaxTunnels(int tunnels) {
        return new TunnelSettings(
                tunnels,
                deadlines,
                apf,
                keepAlive,
                multiplexer,
                portPatience,
                maxPorts,
                tcpUserTimeout);
    }

    /** These settings with other deadlines of the handshake. */
    public TunnelSettings withDeadlines(HandshakeDeadlines others) {
        return new TunnelSettings(
                maxTunnels,
                others,
                apf,
                keepAlive,
                multiplexer,
                portPatience,
                maxPorts,
                tcpUserTimeout);
    }

    /** These settings with other rules for silent tunnels. */
    public TunnelSettings withKeepAlive(KeepAliveSettings others) {
        return new TunnelSettings(
                maxTunnels,
                deadlines,
                apf,
                others,
                multiplexer,
                portPatience,
                maxPorts,
                tcpUserTimeout);
    }
}
