package org.outpost.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of one PEM file and in no others, not even those of the JDK. */
final class ServerTrust {
    private ServerTrust() {}

    static SSLContext of(ApiLocation location) throws CommandFailedException {
        Path ca = location.ca();
        try (InputStream pem = Files.newInputStream(ca)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CommandFailedException("there is no certificate in " + ca);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    location.exact()
                            ? new TrustManager[] {exactly(certificates)}
                            : authorities(certificates),
                    null);
            return context;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot read the certificate "
                            + ca
                            + ": "
                            + Reason.of(e)
                            + "; name the right file with --ca",
                    e);
        } catch (GeneralSecurityException e) {
            throw new CommandFailedException(
                    ca + " is no PEM file with certificates; name the right file with --ca", e);
        }
    }

    private static TrustManager exactly(Collection<? extends Certificate> certificates)
            throws CertificateException {
        if (certificates.iterator().next() instanceof X509Certificate first) {
            return new ExactCertificate(first);
        }
        throw new CertificateException("no X.509 certificate");
    }

    private static TrustManager[] authorities(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (Certificate certificate : certificates) {
            authorities.setCertificateEntry("ca-" + authorities.size(), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        return trust.getTrustManagers();
    }
}
