package org.outpost.server.certificate;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;

/**
 * The certificate authorities of our own making. No single one serves all firmware: AMT 11 and 12
 * refuse keys beyond 2048 bits, AMT 22 refuses those below 3072 (remote-access.md §10).
 */
public enum AuthorityKind {
    /** RSA-2048 and SHA-256: for all firmware before AMT 22, and for consoles. */
    RSA_2048(2048, "SHA256withRSA", ""),
    /** RSA-3072 and SHA-384: for AMT 22 and later. */
    RSA_3072(3072, "SHA384withRSA", "-rsa3072");

    private final int bits;
    private final String signature;
    private final String suffix;

    AuthorityKind(int bits, String signature, String suffix) {
        this.bits = bits;
        this.signature = signature;
        this.suffix = suffix;
    }

    /** The size of its own key and of those it issues for, in bits. */
    int bits() {
        return bits;
    }

    /** How it signs, as Java's providers call it. */
    String signature() {
        return signature;
    }

    /** What stands after {@code ca} and {@code server} in the names of its files. */
    public String suffix() {
        return suffix;
    }

    /** The kind that goes with a root: by the size of its key. */
    static AuthorityKind of(X509Certificate root) {
        return root.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() >= RSA_3072.bits
                ? RSA_3072
                : RSA_2048;
    }
}
