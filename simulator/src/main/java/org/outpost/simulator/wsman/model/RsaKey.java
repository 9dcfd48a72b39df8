package org.outpost.simulator.wsman.model;

import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/**
 * An RSA key pair of a device (wsman.md §10.2).
 *
 * @param publicKey what is shown
 * @param privateKey what is not
 */
record RsaKey(PublicKey publicKey, PrivateKey privateKey) {
    /** A new key; takes a fraction of a second. */
    static RsaKey generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new RsaKey(pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /** A private key in the form of PKCS #1; empty when it is none. */
    static Optional<RsaKey> read(byte[] pkcs1) {
        try {
            RSAPrivateKey key = RSAPrivateKey.getInstance(ASN1Sequence.getInstance(pkcs1));
            BigInteger modulus = key.getModulus();
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return Optional.of(
                    new RsaKey(
                            factory.generatePublic(
                                    new RSAPublicKeySpec(modulus, key.getPublicExponent())),
                            factory.generatePrivate(
                                    new RSAPrivateCrtKeySpec(
                                            modulus,
                                            key.getPublicExponent(),
                                            key.getPrivateExponent(),
                                            key.getPrime1(),
                                            key.getPrime2(),
                                            key.getExponent1(),
                                            key.getExponent2(),
                                            key.getCoefficient()))));
        } catch (RuntimeException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The public key in the form of PKCS #1. */
    byte[] pkcs1PublicKey() {
        return SubjectPublicKeyInfo.getInstance(publicKey.getEncoded())
                .getPublicKeyData()
                .getBytes();
    }

    /**
     * Signs a certificate request (PKCS #10) whose own signature is empty.
     *
     * @return empty when it is no request, or one for another key
     */
    Optional<byte[]> sign(byte[] nullSigned, String algorithm) {
        try {
            CertificationRequestInfo info =
                    new PKCS10CertificationRequest(nullSigned)
                            .toASN1Structure()
                            .getCertificationRequestInfo();
            if (!info.getSubjectPublicKeyInfo()
                    .equals(SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()))) {
                return Optional.empty();
            }
            ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(privateKey);
            try (OutputStream output = signer.getOutputStream()) {
                output.write(info.getEncoded("DER"));
            }
            return Optional.of(
                    new CertificationRequest(
                                    info,
                                    signer.getAlgorithmIdentifier(),
                                    new DERBitString(signer.getSignature()))
                            .getEncoded("DER"));
        } catch (IOException | OperatorCreationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "RsaKey[" + publicKey.getAlgorithm() + ']';
    }
}
