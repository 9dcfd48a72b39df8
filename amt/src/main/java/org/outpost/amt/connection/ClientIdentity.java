package org.outpost.amt.connection;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What we show to devices that demand a client certificate (mutual TLS). It must carry the extended
 * key usages client authentication and {@code 2.16.840.1.113741.1.2.1} (wsman.md section 1.3).
 *
 * @param key the private key
 * @param chain the certificate, then its issuers
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    /** Copies the chain. */
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "ClientIdentity of " + chain.size() + " certificates";
    }
}
