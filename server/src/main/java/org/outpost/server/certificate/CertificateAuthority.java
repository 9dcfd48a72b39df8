package org.outpost.server.certificate;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Outpost's own certificate authority, with keys and hashes of one {@link AuthorityKind}
 * throughout.
 *
 * <p>Everything is valid from a year before it was made, since the clocks of devices are their own
 * (same place). The root lives for 20 years. A server certificate lives for another 397 days, so
 * 762 in all: Apple's systems refuse more than 825 of a private CA.
 */
final class CertificateAuthority {
    private static final Duration BACK_DATED = Duration.ofDays(365);
    private static final Duration ROOT_LIFE = Duration.ofDays(20 * 365 + 5);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final AuthorityKind kind;

    CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
        this.kind = AuthorityKind.of(certificate);
    }

    /**
     * A new root. Its name has random letters in it, so that no two are mistaken for one another.
     */
    static CertificateAuthority create(AuthorityKind kind, Instant now) {
        KeyPair pair = keyPair(kind);
        X500Name name =
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.O, "Outpost")
                        .addRDN(
                                BCStyle.CN,
                                "Outpost CA %08x".formatted(new SecureRandom().nextInt()))
                        .build();
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        serial(),
                        Date.from(now.minus(BACK_DATED)),
                        Date.from(now.plus(ROOT_LIFE)),
                        name,
                        pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("no extensions for a root", e);
        }
        return new CertificateAuthority(
                pair.getPrivate(), signed(builder, pair.getPrivate(), kind));
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A new server certificate with a new key. Its chain includes the root (apf.md §1.3). */
    TlsIdentity issue(ServerNames names, Instant now) {
        // Key encipherment is what the static RSA suites of old firmware do with it.
        return issue(
                new Request(
                        names.commonName(),
                        alternatives(names),
                        KeyUsage.digitalSignature | KeyUsage.keyEncipherment,
                        KeyPurposeId.id_kp_serverAuth),
                now,
                SERVER_LIFE);
    }

    /**
     * A new certificate for one who calls, with a new key. Its chain includes the root.
     *
     * @param life how long it is good from now on; cut where the root ends
     */
    TlsIdentity issue(ClientName name, Instant now, Duration life) {
        return issue(
                new Request(
                        name.commonName(),
                        name.alternatives(),
                        KeyUsage.digitalSignature,
                        KeyPurposeId.id_kp_clientAuth),
                now,
                life);
    }

    /**
     * What a certificate is to say.
     *
     * @param uses bits of {@link KeyUsage}
     */
    private record Request(
            String commonName, GeneralNames alternatives, int uses, KeyPurposeId purpose) {}

    private TlsIdentity issue(Request request, Instant now, Duration life) {
        KeyPair pair = keyPair(kind);
        Instant end = now.plus(life);
        Instant rootEnd = certificate.getNotAfter().toInstant();
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name(),
                        serial(),
                        Date.from(now.minus(BACK_DATED)),
                        Date.from(end.isBefore(rootEnd) ? end : rootEnd),
                        new X500NameBuilder(BCStyle.INSTANCE)
                                .addRDN(BCStyle.CN, request.commonName())
                                .build(),
                        pair.getPublic());
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
            add(builder, Extension.keyUsage, true, new KeyUsage(request.uses()));
            add(
                    builder,
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(request.purpose()));
            if (request.alternatives().getNames().length > 0) {
                add(builder, Extension.subjectAlternativeName, false, request.alternatives());
            }
            add(
                    builder,
                    Extension.subjectKeyIdentifier,
                    false,
                    identifiers.createSubjectKeyIdentifier(pair.getPublic()));
            add(
                    builder,
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(certificate.getPublicKey()));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("no extensions for a certificate", e);
        }
        return new TlsIdentity(pair.getPrivate(), List.of(signed(builder, key, kind), certificate));
    }

    /**
     * The list of what this CA revoked (RFC 5280 §5). It holds as long as the CA: it changes when
     * somebody is revoked, and not by the calendar.
     *
     * @param revoked when each serial number was
     * @param number of this list, larger than that of the one before
     */
    X509CRL revocationList(Map<BigInteger, Instant> revoked, BigInteger number, Instant now) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(now));
        builder.setNextUpdate(certificate.getNotAfter());
        revoked.forEach((serial, when) -> builder.addCRLEntry(serial, Date.from(when), 0));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return new JcaX509CRLConverter()
                    .getCRL(
                            builder.build(
                                    new JcaContentSignerBuilder(kind.signature()).build(key)));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no revocation list", e);
        }
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static void add(
            X509v3CertificateBuilder builder,
            ASN1ObjectIdentifier extension,
            boolean critical,
            ASN1Encodable value)
            throws CertIOException {
        builder.addExtension(extension, critical, value);
    }

    private static GeneralNames alternatives(ServerNames names) {
        List<GeneralName> alternatives = new ArrayList<>();
        names.dnsNames().stream()
                .sorted()
                .forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name)));
        names.addresses().stream()
                .map(InetAddress::getHostAddress)
                .sorted()
                .forEach(text -> alternatives.add(new GeneralName(GeneralName.iPAddress, text)));
        return new GeneralNames(alternatives.toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(
            X509v3CertificateBuilder builder, PrivateKey key, AuthorityKind kind) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder(kind.signature()).build(key)));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("no signature", e);
        }
    }

    private static KeyPair keyPair(AuthorityKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(kind.bits());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /** Positive and at most 20 octets (RFC 5280 §4.1.2.2). */
    private static BigInteger serial() {
        return new BigInteger(126, new SecureRandom()).setBit(126);
    }
}
