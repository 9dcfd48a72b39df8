package org.outpost.server.certificate;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates and keys as PEM (RFC 7468). What goes wrong is told as "what, in FILE, cannot be
 * used: reason".
 */
public final class PemFile {
    private PemFile() {}

    /**
     * All certificates of a file, in its order; at least one.
     *
     * @param what they are, for messages, such as "the CA's certificate"
     * @throws IdentityException when it cannot be read, is garbled, or holds none
     */
    public static List<X509Certificate> certificates(Path file, String what)
            throws IdentityException {
        List<X509Certificate> certificates = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        for (Object object : objects(file, what)) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(converter.getCertificate(holder));
                } catch (CertificateException e) {
                    throw unusable(file, what, "a certificate in it is garbled", e);
                }
            }
        }
        if (certificates.isEmpty()) {
            throw unusable(file, what, "there is no certificate (BEGIN CERTIFICATE) in it", null);
        }
        return certificates;
    }

    /** The first private key of a file. Warns when others than the owner may read it. */
    static PrivateKey key(Path file, String what) throws IdentityException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        List<Object> objects = objects(file, what);
        Visibility.warnIfExposed(file, what);
        for (Object object : objects) {
            try {
                switch (object) {
                    case PrivateKeyInfo pkcs8 -> {
                        return converter.getPrivateKey(pkcs8);
                    }
                    case PEMKeyPair traditional -> {
                        return converter.getPrivateKey(traditional.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                            throw unusable(
                                    file,
                                    what,
                                    "it is encrypted, and the server has nobody to ask for the"
                                            + " password",
                                    null);
                    default -> {}
                }
            } catch (IOException e) {
                throw unusable(file, what, "the key in it is garbled", e);
            }
        }
        throw unusable(file, what, "there is no private key (BEGIN PRIVATE KEY) in it", null);
    }

    static String text(PrivateKey key) {
        return text(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    static String text(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                text.append(text(new PemObject("CERTIFICATE", certificate.getEncoded())));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that has no encoding", e);
            }
        }
        return text.toString();
    }

    static String text(X509CRL list) {
        try {
            return text(new PemObject("X509 CRL", list.getEncoded()));
        } catch (CRLException e) {
            throw new IllegalStateException("a list that has no encoding", e);
        }
    }

    static IdentityException unusable(
            Path file, String what, String reason, @Nullable Throwable e) {
        return new IdentityException(what + ", " + file + ", cannot be used: " + reason, e);
    }

    private static List<Object> objects(Path file, String what) throws IdentityException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw unusable(file, what, FileProblem.of(e), e);
        }
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                objects.add(each);
            }
        } catch (IOException | RuntimeException e) {
            // The parser throws this or that at bytes that are none of its formats.
            throw unusable(file, what, "it is garbled, or no PEM file", e);
        }
        return objects;
    }

    private static String text(PemObject object) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
