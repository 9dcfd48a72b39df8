package org.outpost.testkit.certificate;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;

import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLContext;

/**
 * A certificate authority whose certificate and key, and those it issues, lie as PEM files in one
 * folder. Certificates hold from an hour ago for a day, unless told otherwise.
 */
public final class TestCa {
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final Duration VALID = Duration.ofDays(1);

    private final Path folder;
    private final Algorithm algorithm;
    private final X509Bundle authority;

    private TestCa(Path folder, Algorithm algorithm, X509Bundle authority) {
        this.folder = folder;
        this.algorithm = algorithm;
        this.authority = authority;
    }

    /** A new authority with keys of RSA 2048, the safe choice for firmware (apf.md 1.3). */
    public static TestCa in(Path folder) {
        return in(folder, Algorithm.rsa2048);
    }

    /** A new authority with keys of another kind; writes {@code ca.pem} and {@code ca.key}. */
    public static TestCa in(Path folder, Algorithm algorithm) {
        Instant now = Instant.now();
        CertificateBuilder builder =
                new CertificateBuilder()
                        .algorithm(algorithm)
                        .subject("CN=testkit CA,O=Outpost testkit")
                        .notBefore(now.minus(BACKDATED))
                        .notAfter(now.plus(VALID))
                        .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
                        .setIsCertificateAuthority(true);
        TestCa ca = new TestCa(folder, algorithm, build(builder::buildSelfSigned));
        write(folder.resolve("ca.pem"), ca.authority.getCertificatePEM(), false);
        write(folder.resolve("ca.key"), ca.authority.getPrivateKeyPEM(), true);
        return ca;
    }

    /** The authority's certificate as PEM. */
    public Path caFile() {
        return folder.resolve("ca.pem");
    }

    /**
     * A server certificate for localhost and both loopback addresses; writes {@code server.pem} and
     * {@code server.key}.
     */
    public TestIdentity server() {
        return server("server", "localhost", List.of("127.0.0.1", "::1"));
    }

    /**
     * A server certificate.
     *
     * @param file the name of its files without ending
     * @param host the common name and first subject alternative name
     * @param addresses IP addresses it also holds for
     */
    public TestIdentity server(String file, String host, List<String> addresses) {
        CertificateBuilder builder =
                leaf("CN=" + host).addSanDnsName(host).addExtendedKeyUsageServerAuth();
        addresses.forEach(builder::addSanIpAddress);
        return issue(file, builder);
    }

    /** A client certificate; {@code name} is its common name and the name of its files. */
    public TestIdentity client(String name) {
        return issue(name, leaf("CN=" + name).addExtendedKeyUsageClientAuth());
    }

    /** A client certificate that ran out a minute ago. */
    public TestIdentity expiredClient(String name) {
        Instant past = Instant.now().minus(Duration.ofMinutes(1));
        return issue(name, leaf("CN=" + name).addExtendedKeyUsageClientAuth().notAfter(past));
    }

    /** A client certificate that names a responder in its authority information access. */
    public TestIdentity client(String name, URI responder) {
        return issue(
                name,
                leaf("CN=" + name)
                        .addExtendedKeyUsageClientAuth()
                        .addExtensionOctetString(
                                Extension.authorityInfoAccess.getId(), false, access(responder)));
    }

    /** A client certificate that says where its issuer's revocation list can be fetched. */
    public TestIdentity listedClient(String name, URI list) {
        GeneralName place = new GeneralName(GeneralName.uniformResourceIdentifier, list.toString());
        DistributionPoint point =
                new DistributionPoint(
                        new DistributionPointName(new GeneralNames(place)), null, null);
        try {
            return issue(
                    name,
                    leaf("CN=" + name)
                            .addExtendedKeyUsageClientAuth()
                            .addExtensionOctetString(
                                    Extension.cRLDistributionPoints.getId(),
                                    false,
                                    new CRLDistPoint(new DistributionPoint[] {point})
                                            .getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] access(URI responder) {
        GeneralName place =
                new GeneralName(GeneralName.uniformResourceIdentifier, responder.toString());
        try {
            return new AuthorityInformationAccess(X509ObjectIdentifiers.id_ad_ocsp, place)
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate that is meant for signing OCSP answers in the authority's place. */
    public TestIdentity ocspSigner(String name) {
        return issue(name, leaf("CN=" + name).addExtendedKeyUsageOcspSigning());
    }

    /** Writes a revocation list that holds from an hour ago for a day. */
    public Path crl(String file, TestIdentity... revoked) {
        return crl(file, Instant.now().plus(VALID), revoked);
    }

    /**
     * Writes a revocation list as PEM.
     *
     * @param nextUpdate until when it holds
     */
    public Path crl(String file, Instant nextUpdate, TestIdentity... revoked) {
        Path path = folder.resolve(file);
        Instant begin = nextUpdate.minus(VALID).minus(BACKDATED);
        write(path, RevocationList.pem(certificate(), key(), begin, nextUpdate, revoked), false);
        return path;
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return authority.getCertificate();
    }

    /** The authority's key. */
    public PrivateKey key() {
        return authority.getKeyPair().getPrivate();
    }

    /** A TLS context that trusts this authority alone and has no certificate of its own. */
    public SSLContext clientContext() {
        return TlsContexts.trusting(authority.getCertificate());
    }

    /** A TLS context that trusts this authority alone and shows a certificate, for either end. */
    public SSLContext contextOf(TestIdentity identity) {
        return TlsContexts.of(identity, authority.getCertificate());
    }

    private CertificateBuilder leaf(String subject) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .algorithm(algorithm)
                .subject(subject)
                .notBefore(now.minus(BACKDATED))
                .notAfter(now.plus(VALID))
                .setKeyUsage(true, KeyUsage.digitalSignature, KeyUsage.keyEncipherment);
    }

    private TestIdentity issue(String file, CertificateBuilder builder) {
        X509Bundle bundle = build(() -> builder.buildIssuedBy(authority));
        Path certificates = folder.resolve(file + ".pem");
        Path key = folder.resolve(file + ".key");
        write(certificates, bundle.getCertificatePathPEM(), false);
        write(key, bundle.getPrivateKeyPEM(), true);
        return new TestIdentity(
                certificates,
                key,
                List.copyOf(bundle.getCertificatePathList()),
                bundle.getKeyPair().getPrivate());
    }

    private static X509Bundle build(BundleSource source) {
        try {
            return source.get();
        } catch (Exception e) {
            throw new IllegalStateException("no certificate", e);
        }
    }

    private static void write(Path file, String pem, boolean secret) {
        try {
            Files.writeString(file, pem);
            if (secret) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface BundleSource {
        X509Bundle get() throws Exception;
    }
}
