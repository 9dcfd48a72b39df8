package org.outpost.server.certificate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a TLS server demands of a client's certificate. */
public sealed interface ClientTrust {
    /** Clients are not asked for one. */
    record NotAsked() implements ClientTrust {}

    /**
     * Clients may show one; the handshake fails when it is not good.
     *
     * @param authorities who may have issued it; at least one
     */
    record Optional(List<X509Certificate> authorities) implements ClientTrust {
        public Optional {
            authorities = some(authorities);
        }
    }

    /**
     * The handshake fails without a good one.
     *
     * @param authorities who may have issued it; at least one
     */
    record Required(List<X509Certificate> authorities) implements ClientTrust {
        public Required {
            authorities = some(authorities);
        }
    }

    /**
     * Reads the authorities of clients.
     *
     * @param pem PEM file with one or more certificates
     * @throws IdentityException when it cannot be read or holds none
     */
    static List<X509Certificate> authorities(Path pem) throws IdentityException {
        return PemFile.certificates(pem, "the authorities of client certificates");
    }

    private static List<X509Certificate> some(List<X509Certificate> authorities) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("without an authority nobody could come in");
        }
        return List.copyOf(authorities);
    }
}
