package org.outpost.gateway.tunnel;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.certificate.TlsSource;

import java.net.InetSocketAddress;

/**
 * One address and port that devices call.
 *
 * @param address where to listen; port 0 for any free one
 * @param tls asked at each connection; null for plain text
 */
public record TunnelListenerSettings(InetSocketAddress address, @Nullable TlsSource tls) {}
