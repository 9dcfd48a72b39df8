package org.outpost.server.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of the JDK for what the server connects to: trusts the authorities of a file alone. */
public final class AuthorityTls {
    private AuthorityTls() {}

    /**
     * Makes the context.
     *
     * @param pem PEM file with one or more certificates
     * @throws IdentityException when it cannot be read or holds none
     * @throws GeneralSecurityException when the JDK cannot use them
     */
    public static SSLContext trusting(Path pem) throws IdentityException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
        int number = 0;
        for (X509Certificate authority : PemFile.certificates(pem, "the authorities")) {
            store.setCertificateEntry("authority-" + ++number, authority);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
