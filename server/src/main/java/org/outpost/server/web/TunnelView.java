package org.outpost.server.web;

import org.outpost.gateway.tunnel.TunnelInfo;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A tunnel as the API shows it; see {@link TunnelInfo} for the meaning of its fields. */
public record TunnelView(
        long id,
        UUID guid,
        String hostname,
        String credential,
        String address,
        Instant since,
        String protocol,
        String cipher,
        List<Integer> ports,
        int channels,
        long bytesIn,
        long bytesOut,
        long bytesInPerSecond,
        long bytesOutPerSecond,
        long keepAliveSeconds) {
    public static TunnelView of(TunnelInfo tunnel) {
        return new TunnelView(
                tunnel.id(),
                tunnel.device().id(),
                tunnel.name(),
                tunnel.principal(),
                text(tunnel.address()),
                tunnel.since(),
                tunnel.protocol(),
                tunnel.cipher(),
                tunnel.ports(),
                tunnel.channels(),
                tunnel.bytesIn(),
                tunnel.bytesOut(),
                tunnel.rates().fromDevice(),
                tunnel.rates().toDevice(),
                tunnel.keepAlive().toSeconds());
    }

    private static String text(java.net.InetSocketAddress address) {
        return io.netty.util.NetUtil.toSocketAddressString(address);
    }
}
