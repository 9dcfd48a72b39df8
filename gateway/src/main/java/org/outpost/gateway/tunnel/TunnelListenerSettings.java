package org.outpost.gateway.tunnel;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.terminator.Networks;
import org.outpost.gateway.terminator.ProxyProtocol;

import java.net.InetSocketAddress;

/**
 * One address and port that devices call.
 *
 * @param address where to listen; port 0 for any free one
 * @param tls asked at each connection; null for plain text
 * @param allowed the peers that may connect; empty for all
 * @param proxyProtocol the peers that speak for others; null for none
 */
public record TunnelListenerSettings(
        InetSocketAddress address,
        @Nullable TlsSource tls,
        Networks allowed,
        @Nullable ProxyProtocol proxyProtocol) {
    /** For all peers, each speaking for itself. */
    public TunnelListenerSettings(InetSocketAddress address, @Nullable TlsSource tls) {
        this(address, tls, Networks.NONE, null);
    }
}
