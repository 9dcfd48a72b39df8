package org.outpost.server.certificate;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A self-signed certificate that is no authority, and its key. */
record Given(X509Certificate certificate, PrivateKey key) {
    /** The keys that operators have. */
    enum Kind {
        RSA_2048("RSA", "2048", "SHA256withRSA"),
        RSA_3072("RSA", "3072", "SHA384withRSA"),
        P_256("EC", "secp256r1", "SHA256withECDSA"),
        P_384("EC", "secp384r1", "SHA384withECDSA"),
        ED25519("Ed25519", "", "Ed25519");

        private final String algorithm;
        private final String parameter;
        private final String signature;

        Kind(String algorithm, String parameter, String signature) {
            this.algorithm = algorithm;
            this.parameter = parameter;
            this.signature = signature;
        }

        /** As openssl calls the key. */
        String algorithm() {
            return algorithm;
        }

        private KeyPair pair() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            switch (algorithm) {
                case "RSA" -> generator.initialize(Integer.parseInt(parameter));
                case "EC" -> generator.initialize(new ECGenParameterSpec(parameter));
                default -> {}
            }
            return generator.generateKeyPair();
        }
    }

    static Given server(Kind kind, Instant from, Instant until) throws Exception {
        return make(kind, from, until, KeyPurposeId.id_kp_serverAuth);
    }

    static Given client(Instant from, Instant until) throws Exception {
        return make(Kind.RSA_2048, from, until, KeyPurposeId.id_kp_clientAuth);
    }

    String certificatePem() {
        return PemFile.text(List.of(certificate));
    }

    String keyPem() {
        return PemFile.text(key);
    }

    private static Given make(Kind kind, Instant from, Instant until, KeyPurposeId purpose)
            throws Exception {
        KeyPair pair = kind.pair();
        X500Name name = new X500Name("CN=mps.example.com");
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(64, new SecureRandom()).setBit(64),
                        Date.from(from),
                        Date.from(until),
                        name,
                        pair.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new Given(
                new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(
                                        new JcaContentSignerBuilder(kind.signature)
                                                .build(pair.getPrivate()))),
                pair.getPrivate());
    }
}
