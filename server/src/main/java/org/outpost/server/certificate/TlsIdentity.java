package org.outpost.server.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its key, as one side of TLS shows it.
 *
 * @param key the private key of the first certificate
 * @param chain what is sent, its own certificate first; at least that one
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final String ALIAS = "own";

    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one certificate");
        }
    }

    /** The certificate of the key. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /**
     * A PKCS #12 key store in memory with the key and the chain as its only entry, such as Jetty
     * takes.
     *
     * @param password protects the entry
     */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no key store in memory", e);
        }
    }

    /** A TLS context of the JDK's provider that shows this identity and asks clients for none. */
    public SSLContext sslContext() {
        char[] password = new char[0];
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS context of the JDK", e);
        }
    }

    /** The subject and serial number; never the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName()
                + ", serial "
                + certificate().getSerialNumber().toString(16);
    }
}
