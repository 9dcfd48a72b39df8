package org.outpost.testkit.certificate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts of the JDK that trust what they are told and nothing else. */
public final class TlsContexts {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /** Trusts the certificates of a PEM file, such as the one a server made on its first start. */
    public static SSLContext trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return context(null, CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(pem + " holds no certificates", e);
        }
    }

    static SSLContext trusting(X509Certificate root) {
        try {
            return context(null, List.of(root));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SSLContext of(TestIdentity identity, X509Certificate root) {
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry(
                    "key",
                    identity.key(),
                    NO_PASSWORD,
                    identity.chain().toArray(new Certificate[0]));
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, NO_PASSWORD);
            return context(factory.getKeyManagers(), List.of(root));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(
            KeyManager @Nullable [] keys, Collection<? extends Certificate> trusted)
            throws IOException, GeneralSecurityException {
        KeyStore roots = emptyStore();
        int number = 0;
        for (Certificate certificate : trusted) {
            roots.setCertificateEntry("root-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, factory.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
