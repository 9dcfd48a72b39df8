package org.outpost.server.command;

import io.netty.util.NetUtil;

import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.IssuedCertificates.Issued;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What people and programs want to know of a certificate.
 *
 * @param role {@code ca}, {@code server} or {@code client}
 * @param file where it lies; null when there are only copies
 * @param name the common name, or the whole subject when it has none
 * @param names the alternative names
 * @param serial in hexadecimal digits
 * @param key kind and size, such as {@code RSA 2048}
 * @param sha256 of the certificate, in hexadecimal digits
 * @param state {@code good}, {@code revoked}, {@code ended} or {@code not yet}
 * @param revoked when it was
 */
record CertificateDetails(
        String role,
        @Nullable String file,
        String name,
        String subject,
        String issuer,
        List<String> names,
        String serial,
        Instant from,
        Instant until,
        String key,
        String signature,
        String sha256,
        String state,
        @Nullable Instant revoked) {

    static CertificateDetails of(
            String role, Path file, X509Certificate certificate, InstantSource clock) {
        return of(role, file.toString(), certificate, null, clock.instant());
    }

    static CertificateDetails of(Issued issued, InstantSource clock) {
        return of("client", null, issued.certificate(), issued.revoked(), clock.instant());
    }

    private static CertificateDetails of(
            String role,
            @Nullable String file,
            X509Certificate certificate,
            @Nullable Instant revoked,
            Instant now) {
        return new CertificateDetails(
                role,
                file,
                commonName(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                names(certificate),
                certificate.getSerialNumber().toString(16),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                key(certificate),
                certificate.getSigAlgName(),
                sha256(certificate),
                state(certificate, revoked, now),
                revoked);
    }

    /** What a certificate is for, as far as it tells. */
    static String role(X509Certificate certificate) {
        if (certificate.getBasicConstraints() >= 0) {
            return "ca";
        }
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses != null && !uses.contains("1.3.6.1.5.5.7.3.1") ? "client" : "server";
        } catch (CertificateParsingException e) {
            return "server";
        }
    }

    /** The common name, or the whole subject when it has none. */
    static String commonName(X509Certificate certificate) {
        RDN[] names =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                        .getRDNs(BCStyle.CN);
        return names.length == 0
                ? certificate.getSubjectX500Principal().getName()
                : IETFUtils.valueToString(names[names.length - 1].getFirst().getValue());
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream().map(name -> text(String.valueOf(name.get(1)))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** The JDK writes out all zeros of an IPv6 address. */
    private static String text(String name) {
        return NetUtil.isValidIpV6Address(name)
                ? NetUtil.toAddressString(InetAddress.ofLiteral(name))
                : name;
    }

    private static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
            default -> certificate.getPublicKey().getAlgorithm();
        };
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String state(
            X509Certificate certificate, @Nullable Instant revoked, Instant now) {
        if (revoked != null) {
            return "revoked";
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return "ended";
        }
        return now.isBefore(certificate.getNotBefore().toInstant()) ? "not yet" : "good";
    }

    /** Prints it for people, a line for each thing. */
    void print(PrintWriter out, HumanFormat format) {
        line(out, "File", file);
        line(out, "Role", role);
        line(out, "Subject", subject);
        line(out, "Names", names.isEmpty() ? null : String.join(", ", names));
        line(out, "Issuer", issuer);
        line(out, "Serial", serial);
        line(out, "From", format.moment(from));
        line(out, "Until", format.moment(until));
        line(out, "State", state);
        line(out, "Key", key + ", signed with " + signature);
        line(out, "SHA-256", sha256);
    }

    private static void line(PrintWriter out, String what, @Nullable String value) {
        if (value != null) {
            out.printf("%-8s %s%n", what + ":", TerminalText.visible(value));
        }
    }
}
