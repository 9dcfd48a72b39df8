package org.outpost.server.certificate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.X509ExtendedTrustManager;

/** What a TLS server demands of a client's certificate. */
public sealed interface ClientTrust {
    /** Clients are not asked for one. */
    record NotAsked() implements ClientTrust {}

    /**
     * Clients may show one; the handshake fails when it is not good.
     *
     * @param verifier says whether it is; asked on event loops, so it may never wait
     */
    record Optional(X509ExtendedTrustManager verifier) implements ClientTrust {}

    /**
     * The handshake fails without a good one.
     *
     * @param verifier says whether it is; asked on event loops, so it may never wait
     */
    record Required(X509ExtendedTrustManager verifier) implements ClientTrust {}

    /**
     * Reads the authorities of clients.
     *
     * @param pem PEM file with one or more certificates
     * @throws IdentityException when it cannot be read or holds none
     */
    static List<X509Certificate> authorities(Path pem) throws IdentityException {
        return PemFile.certificates(pem, "the authorities of client certificates");
    }
}
