package org.outpost.server.trust;

import org.outpost.server.certificate.IdentityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies client certificates within handshakes and after them, by what was last read from disk.
 * Never waits and never asks a network, so event loops may use it.
 */
public final class ClientVerifier extends X509ExtendedTrustManager {
    private static final Logger log = LoggerFactory.getLogger(ClientVerifier.class);

    private final TrustFiles files;
    private volatile TrustedAuthorities authorities;
    private List<String> complaints = List.of();

    /**
     * Reads the files for the first time.
     *
     * @throws IdentityException when they are of no use
     */
    public ClientVerifier(TrustFiles files) throws IdentityException {
        this.files = files;
        this.authorities = files.read();
        complain();
    }

    /**
     * Reads the files again. Not for an event loop.
     *
     * @throws IdentityException when they are of no use; what was read before stays
     */
    public synchronized void refresh() throws IdentityException {
        authorities = files.read();
        complain();
    }

    /** Logs what an operator should know of the lists, when it has changed. */
    public synchronized void complain() {
        List<String> now = authorities.complaints();
        now.stream()
                .filter(complaint -> !complaints.contains(complaint))
                .forEach(complaint -> log.atWarn().log("{}", complaint));
        complaints = now;
    }

    /** Where it reads from. */
    public TrustFiles files() {
        return files;
    }

    /** Verifies a chain, the client's own certificate first. */
    VerifiedClient verify(List<X509Certificate> chain) throws CertificateException {
        return authorities.verify(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.authorities().toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw notForServers();
    }

    private static CertificateException notForServers() {
        return new CertificateException("this trust is for clients");
    }
}
