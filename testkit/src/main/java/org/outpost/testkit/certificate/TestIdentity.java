package org.outpost.testkit.certificate;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its key.
 *
 * @param certificateFile its chain as PEM, the leaf first, without the root
 * @param keyFile its key as unencrypted PKCS #8 PEM
 * @param chain the same chain
 * @param key the same key
 */
public record TestIdentity(
        Path certificateFile, Path keyFile, List<X509Certificate> chain, PrivateKey key) {
    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
