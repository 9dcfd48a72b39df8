package org.outpost.gateway.tunnel;

import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * One address and port that devices call.
 *
 * @param address where to listen; port 0 for any free one
 * @param tls asked at each connection, so that new certificates take effect at once; null for plain
 *     text
 */
public record TunnelListenerSettings(
        InetSocketAddress address, @Nullable Supplier<SslContext> tls) {}
