package org.outpost.gateway.terminator;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/** What a peer in front said at the beginning of a connection. */
public sealed interface ProxyHeader {
    /**
     * It speaks for a client.
     *
     * @param source where the client connected from
     * @param tls the client's TLS, when that ended there; null when it was not told
     */
    record Client(InetSocketAddress source, @Nullable TerminatedTls tls) implements ProxyHeader {
        private static final AttributeKey<Client> KEY =
                AttributeKey.valueOf(ProxyHeader.class, "client");

        /** Remembers that the channel is this client's. */
        void of(Channel channel) {
            channel.attr(KEY).set(this);
        }
    }

    /**
     * It speaks for itself, mostly to see whether we are there ({@code LOCAL} or {@code UNKNOWN}):
     * the connection counts as its own (PROXY protocol specification, sections 2.1 and 2.2).
     */
    record OfPeer() implements ProxyHeader {}

    /** Whom the peer of the channel speaks for; null when it speaks for itself. */
    static @Nullable Client client(Channel channel) {
        return channel.attr(Client.KEY).get();
    }

    /** Where the connection comes from, before any load balancer; null when that is no address. */
    static @Nullable InetSocketAddress source(Channel channel) {
        Client client = client(channel);
        if (client != null) {
            return client.source();
        }
        return channel.remoteAddress() instanceof InetSocketAddress peer ? peer : null;
    }
}
