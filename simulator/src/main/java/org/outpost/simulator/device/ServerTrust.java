package org.outpost.simulator.device;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Which server certificates the devices believe. */
public final class ServerTrust {
    private ServerTrust() {}

    /** Any certificate. */
    public static TrustManager anything() {
        return InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];
    }

    /**
     * Certificates that lead to a root and carry the server's name.
     *
     * @param file roots in PEM or DER
     * @param serverName the name or address the devices are configured with
     * @throws IOException when the file cannot be read
     * @throws GeneralSecurityException when it holds no certificate
     */
    public static TrustManager roots(Path file, String serverName)
            throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream input = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate root :
                    CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                roots.setCertificateEntry("root-" + number++, root);
            }
        }
        if (roots.size() == 0) {
            throw new GeneralSecurityException("no certificate in " + file);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .map(chain -> new FirmwareTrustManager(chain, serverName))
                .orElseThrow(() -> new GeneralSecurityException("no X.509 on this platform"));
    }
}
