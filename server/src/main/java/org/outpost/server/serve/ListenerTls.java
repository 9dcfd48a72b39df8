package org.outpost.server.serve;

import io.netty.handler.ssl.SslContext;

import org.outpost.gateway.certificate.CertificateCheck;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.server.certificate.CurrentTls;

/**
 * The TLS of one listener as it is now.
 *
 * @param context for the next connection
 * @param check asked after each handshake
 */
record ListenerTls(CurrentTls context, CertificateCheck check) implements TlsSource {
    @Override
    public SslContext get() {
        return context.get();
    }
}
