package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.terminator.TerminatedTls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What TLS agreed on.
 *
 * @param protocol such as {@code TLSv1.2}; empty without TLS
 * @param cipher the cipher suite; empty without TLS
 * @param certificate the verified client certificate, or null
 * @param verifiedName its common name, when a terminator verified it and told the name alone; or
 *     null
 */
record TlsSummary(
        String protocol,
        String cipher,
        @Nullable X509Certificate certificate,
        @Nullable String verifiedName) {
    /** No TLS at all. */
    static final TlsSummary NONE = new TlsSummary("", "", null, null);

    /**
     * What counts for a connection that a terminator hands on: the device's TLS ended there, so
     * that of the connection to us, if any, is the terminator's own.
     */
    static TlsSummary of(TerminatedTls terminated) {
        return new TlsSummary(
                terminated.protocol(),
                terminated.cipher(),
                terminated.certificate(),
                terminated.verifiedName());
    }

    /** Whether a client certificate was verified, here or by a terminator. */
    boolean isCertified() {
        return certificate != null || verifiedName != null;
    }

    static TlsSummary of(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return NONE;
        }
        SSLSession session = handler.engine().getSession();
        return new TlsSummary(
                session.getProtocol(), session.getCipherSuite(), certificate(session), null);
    }

    private static @Nullable X509Certificate certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? leaf : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }
}
