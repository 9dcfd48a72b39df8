package org.outpost.gateway.tunnel;

import org.outpost.gateway.traffic.Rates;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A tunnel as it stood when it was asked for.
 *
 * @param id its number, never used again while this process lives
 * @param device who opened it
 * @param name the host name the device announced in this tunnel; empty before that
 * @param principal what its credentials stand for
 * @param address where it comes from
 * @param since when it was authenticated
 * @param protocol the TLS version, such as {@code TLSv1.2}; empty without TLS
 * @param cipher the TLS cipher suite; empty without TLS
 * @param ports the ports that the device forwards to us, in ascending order
 * @param channels how many channels are open, those that wait to be opened not counted
 * @param bytesIn payload bytes from the device since the start of the tunnel
 * @param bytesOut payload bytes to the device since the start of the tunnel
 * @param rates bytes per second in the last five to ten seconds
 * @param keepAlive the interval negotiated for keep-alives; zero when none was
 */
public record TunnelInfo(
        long id,
        DeviceKey device,
        String name,
        String principal,
        InetSocketAddress address,
        Instant since,
        String protocol,
        String cipher,
        List<Integer> ports,
        int channels,
        long bytesIn,
        long bytesOut,
        Rates rates,
        Duration keepAlive) {
    /** Keeps its own copy. */
    public TunnelInfo {
        ports = List.copyOf(ports);
    }
}
