package org.outpost.amt.redirection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;

import java.util.function.Function;

/** The port of the session and what secures it; the protocol is the same in both. */
public sealed interface RedirectionTransport {
    /** TCP port of the device. */
    int port();

    /** Port 16994, in clear. */
    record Plain() implements RedirectionTransport {
        @Override
        public int port() {
            return 16994;
        }
    }

    /**
     * Port 16995, in TLS that ends here.
     *
     * @param handlers makes the TLS client of a connection, which also judges the certificate
     */
    record Tls(Function<ByteBufAllocator, SslHandler> handlers) implements RedirectionTransport {
        @Override
        public int port() {
            return 16995;
        }
    }
}
