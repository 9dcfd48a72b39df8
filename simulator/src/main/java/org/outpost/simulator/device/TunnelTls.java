package org.outpost.simulator.device;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;

import org.outpost.simulator.impairment.TlsVersion;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * TLS of the tunnels: one context for all devices that offer the same versions. No SNI, as firmware
 * (apf.md §1.1).
 */
public final class TunnelTls implements AutoCloseable {
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    private final Map<TlsVersion, SslContext> contexts = new EnumMap<>(TlsVersion.class);

    /**
     * Contexts for these versions.
     *
     * @throws SSLException when this platform has no such version: 1.0 needs BoringSSL
     */
    public TunnelTls(Collection<TlsVersion> versions, TrustManager trust) throws SSLException {
        boolean boring = OpenSsl.isAvailable();
        for (TlsVersion version : versions) {
            if (version == TlsVersion.TLS_1_0 && !boring) {
                throw new SSLException("TLS 1.0 needs BoringSSL, which is not available here");
            }
            contexts.put(
                    version,
                    SslContextBuilder.forClient()
                            .sslProvider(boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                            .protocols(version.protocols())
                            .trustManager(trust)
                            // The trust manager knows which name firmware compares.
                            .endpointIdentificationAlgorithm(null)
                            .build());
        }
    }

    /** A TLS handler for one tunnel. */
    SslHandler newHandler(TlsVersion version, ByteBufAllocator allocator) {
        SslHandler handler =
                Objects.requireNonNull(contexts.get(version), "a version in use")
                        .newHandler(allocator);
        handler.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
        return handler;
    }

    /** Frees what the contexts hold outside the heap. */
    @Override
    public void close() {
        contexts.values().forEach(ReferenceCountUtil::release);
        contexts.clear();
    }
}
