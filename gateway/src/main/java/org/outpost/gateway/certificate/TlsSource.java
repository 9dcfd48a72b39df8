package org.outpost.gateway.certificate;

import io.netty.handler.ssl.SslContext;

import java.util.function.Supplier;

/**
 * The TLS of a listener: the context for the next connection, and what is asked about its peer's
 * certificate. Asked at each connection, so that new certificates take effect at once.
 */
@FunctionalInterface
public interface TlsSource extends Supplier<SslContext> {
    /** What is asked after each handshake. */
    default CertificateCheck check() {
        return CertificateCheck.NONE;
    }
}
