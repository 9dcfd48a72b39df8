package org.outpost.amt.connection;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLException;

/**
 * Makes the TLS context for connections to devices. Its parts are dear: keep one for all devices
 * with the same settings.
 */
public final class TlsContexts {
    private static final List<String> LEGACY_CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_RSA_WITH_AES_256_CBC_SHA");

    private TlsContexts() {}

    /**
     * Makes a context.
     *
     * @param settings which versions, and what we show
     * @throws SSLException when the identity cannot be used
     */
    public static SslContext client(ConnectionSettings settings) throws SSLException {
        // Devices have certificates of their own making: who they are is decided by the pin, after
        // the handshake and before a byte of ours is sent (TlsGate).
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .protocols(settings.tls().protocols());
        if (settings.tls() == TlsProfile.LEGACY) {
            builder.ciphers(LEGACY_CIPHERS);
        }
        settings.identity()
                .ifPresent(
                        identity ->
                                builder.keyManager(
                                        identity.key(),
                                        identity.chain().toArray(X509Certificate[]::new)));
        return builder.build();
    }
}
