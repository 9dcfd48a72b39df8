package org.outpost.server.command;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA for one test. All of them have the same name, so that only their keys tell them apart. */
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=Outpost test CA");
    private static final Duration DAY = Duration.ofDays(1);

    private final KeyPair key;
    private final X509Certificate certificate;

    /** A CA with a new key. */
    public TestAuthority() throws GeneralSecurityException {
        key = newKey();
        certificate = sign(NAME, key, Instant.now().plus(DAY), null);
    }

    /** Writes its certificate as PEM. */
    public void write(Path file) throws IOException, CertificateException {
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** TLS for a server at 127.0.0.1. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
        return serverContext(
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"), Instant.now().plus(DAY));
    }

    SSLContext serverContext(GeneralName name, Instant end)
            throws GeneralSecurityException, IOException {
        KeyPair serverKey = newKey();
        X509Certificate server =
                sign(new X500Name("CN=server"), serverKey, end, new GeneralNames(name));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                serverKey.getPrivate(),
                new char[0],
                new X509Certificate[] {server, certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private X509Certificate sign(
            X500Name subject, KeyPair subjectKey, Instant end, @Nullable GeneralNames names)
            throws GeneralSecurityException {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(end.minus(DAY.multipliedBy(2))),
                            Date.from(end),
                            subject,
                            subjectKey.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(names == null));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(key.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
