package org.outpost.gateway.authentication;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Accepts a connection whose client certificate was verified, in its TLS handshake or by a trusted
 * terminator in front; everybody else is refused. The verifying is done by then: this decides whose
 * name the certificate bears. A terminator that hands on the common name alone is enough where
 * nothing else of the certificate is asked for.
 */
public final class ClientCertificate implements Authenticator {
    private static final String PREFIX = "certificate:";
    private static final String UUID_URN = "urn:uuid:";
    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private final Principal principal;
    private final Names mustName;

    /** What of the certificate becomes the principal. */
    public enum Principal {
        /** The whole subject, as RFC 2253 writes it. */
        SUBJECT,
        /** The most specific common name of the subject. */
        CN,
        /** The first DNS name among the alternative names. */
        SAN_DNS,
        /** The first URI among the alternative names. */
        SAN_URI,
        /** The SHA-256 of the certificate, in lower-case hexadecimal digits. */
        FINGERPRINT
    }

    /** What the certificate has to name, as common name, DNS name or URI. */
    public enum Names {
        /** No matter what. */
        ANYTHING,
        /** The announced UUID, in any case, bare or as {@code urn:uuid:…} (RFC 9562). */
        UUID,
        /** The given user name, exactly. */
        USER
    }

    /** Makes the rule. */
    public ClientCertificate(Principal principal, Names mustName) {
        this.principal = principal;
        this.mustName = mustName;
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws CertificateParsingException {
        X509Certificate certificate = credentials.certificate();
        String verifiedName = credentials.verifiedName();
        if (certificate == null && verifiedName == null) {
            return new Verdict.Refused("no client certificate was verified");
        }
        String name = certificate == null ? verifiedName : name(certificate);
        if (certificate == null && principal != Principal.CN) {
            return new Verdict.Refused(
                    "the terminator handed on the common name alone, but the principal is to be "
                            + word(principal));
        }
        if (name == null || name.isEmpty()) {
            return new Verdict.Refused("the client certificate has no " + word(principal));
        }
        List<String> names = certificate == null ? List.of(name) : names(certificate);
        return isNamed(credentials, names)
                ? new Verdict.Accepted(PREFIX + name)
                : new Verdict.Refused(
                        mustName == Names.UUID
                                ? "the client certificate does not name the announced UUID"
                                : "the client certificate does not name the user");
    }

    private static String word(Principal principal) {
        return principal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isNamed(Credentials credentials, List<String> names) {
        return switch (mustName) {
            case ANYTHING -> true;
            case USER -> !credentials.user().isEmpty() && names.contains(credentials.user());
            case UUID -> {
                String uuid = String.valueOf(credentials.device());
                yield credentials.device() != null
                        && names.stream()
                                .map(one -> one.toLowerCase(Locale.ROOT))
                                .anyMatch(one -> one.equals(uuid) || one.equals(UUID_URN + uuid));
            }
        };
    }

    private @Nullable String name(X509Certificate certificate) throws CertificateParsingException {
        return switch (principal) {
            case SUBJECT -> certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            case CN -> commonName(certificate);
            case SAN_DNS -> first(alternativeNames(certificate, DNS_NAME));
            case SAN_URI -> first(alternativeNames(certificate, URI));
            case FINGERPRINT -> fingerprint(certificate);
        };
    }

    private static @Nullable String first(List<String> names) {
        return names.isEmpty() ? null : names.getFirst();
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        String commonName = commonName(certificate);
        if (commonName != null) {
            names.add(commonName);
        }
        names.addAll(alternativeNames(certificate, DNS_NAME));
        names.addAll(alternativeNames(certificate, URI));
        return names;
    }

    private static @Nullable String commonName(X509Certificate certificate)
            throws CertificateParsingException {
        try {
            LdapName subject =
                    new LdapName(
                            certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            // RFC 2253 writes the most specific part first, and LdapName counts from the last.
            for (Rdn part : subject.getRdns().reversed()) {
                if (part.getType().equalsIgnoreCase("CN")
                        && part.getValue() instanceof String text) {
                    return text;
                }
            }
            return null;
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("the subject cannot be read", e);
        }
    }

    private static List<String> alternativeNames(X509Certificate certificate, int type)
            throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all == null) {
            return List.of();
        }
        return all.stream()
                .filter(name -> name.get(0).equals(type) && name.get(1) instanceof String)
                .map(name -> (String) name.get(1))
                .toList();
    }

    private static String fingerprint(X509Certificate certificate)
            throws CertificateParsingException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateParsingException("the certificate has no encoding", e);
        }
    }
}
