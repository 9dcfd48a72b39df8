package org.outpost.gateway.tunnel;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;

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
 */
record TlsSummary(String protocol, String cipher, @Nullable X509Certificate certificate) {
    static TlsSummary of(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return new TlsSummary("", "", null);
        }
        SSLSession session = handler.engine().getSession();
        return new TlsSummary(
                session.getProtocol(), session.getCipherSuite(), certificate(session));
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
