package org.outpost.server.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import javax.security.auth.x500.X500Principal;

/**
 * Authorities and their revocation lists as they were read at one moment; does not change. Verifies
 * client certificates by the JDK's PKIX (RFC 5280 §6) from memory alone: it asks no responder and
 * fetches no list, so it may be used on event loops.
 */
final class TrustedAuthorities {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    /** Long enough for the full check of a handshake to serve the check after it. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 20_000;

    private final List<X509Certificate> authorities;
    private final List<X509CRL> lists;
    private final Revocation revocation;
    private final InstantSource clock;
    private final Cache<List<X509Certificate>, VerifiedClient> verified =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    TrustedAuthorities(
            List<X509Certificate> authorities,
            List<X509CRL> lists,
            Revocation revocation,
            InstantSource clock) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("without an authority nobody could come in");
        }
        this.authorities = List.copyOf(authorities);
        this.lists = List.copyOf(lists);
        this.revocation = revocation;
        this.clock = clock;
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    /**
     * Verifies a certificate.
     *
     * @param chain the client's own first, each issued by the next; the root may be left out
     * @throws CertificateException when it is not good; the message says which and why
     */
    VerifiedClient verify(List<X509Certificate> chain) throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("no client certificate was shown");
        }
        Instant now = clock.instant();
        VerifiedClient known = verified.getIfPresent(chain);
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        try {
            VerifiedClient client = validate(chain, now);
            verified.put(List.copyOf(chain), client);
            return client;
        } catch (GeneralSecurityException e) {
            X509Certificate shown = chain.getFirst();
            throw new CertificateException(
                    "the client certificate "
                            + shown.getSubjectX500Principal()
                            + ", serial "
                            + shown.getSerialNumber().toString(16)
                            + ", is not good: "
                            + e.getMessage(),
                    e);
        }
    }

    private VerifiedClient validate(List<X509Certificate> chain, Instant now)
            throws GeneralSecurityException {
        X509Certificate client = chain.getFirst();
        requireUse(client);
        List<X509Certificate> below =
                chain.stream().takeWhile(each -> !authorities.contains(each)).toList();
        if (below.isEmpty()) {
            client.checkValidity(Date.from(now));
            return new VerifiedClient(client, client, until(chain, now));
        }
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXParameters parameters = new PKIXParameters(anchors(below.getLast()));
        parameters.setDate(Date.from(now));
        // Without a checker of ours, since one that is handed over also fetches lists from where
        // certificates say they are, whatever its options.
        parameters.setRevocationEnabled(revocation == Revocation.STRICT);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        PKIXCertPathValidatorResult result =
                (PKIXCertPathValidatorResult) validator.validate(path, parameters);
        List<X509Certificate> whole = new ArrayList<>(below);
        whole.add(Objects.requireNonNull(result.getTrustAnchor().getTrustedCert()));
        if (revocation == Revocation.LENIENT) {
            refuseIfListed(whole, path);
        }
        return new VerifiedClient(client, whole.get(1), until(whole, now));
    }

    /** Who may have issued it: of several with one name, the one that did. */
    private Set<TrustAnchor> anchors(X509Certificate last) throws CertificateException {
        List<X509Certificate> named =
                authorities.stream()
                        .filter(
                                authority ->
                                        authority
                                                .getSubjectX500Principal()
                                                .equals(last.getIssuerX500Principal()))
                        .toList();
        if (named.size() > 1) {
            named = named.stream().filter(authority -> hasIssued(authority, last)).toList();
        }
        if (named.isEmpty()) {
            throw new CertificateException(
                    "it was issued by "
                            + last.getIssuerX500Principal()
                            + ", which is none of the authorities trusted here");
        }
        return named.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean hasIssued(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Signed by the right authority is not enough: a server's certificate is no client's. */
    private static void requireUse(X509Certificate client) throws CertificateException {
        List<String> uses = client.getExtendedKeyUsage();
        if (uses != null && !uses.contains(CLIENT_AUTH) && !uses.contains(ANY_USE)) {
            throw new CertificateException("it is not meant for clients (no clientAuth)");
        }
    }

    /** Also by a list that is out of date: who was revoked then still is. */
    private void refuseIfListed(List<X509Certificate> whole, CertPath path)
            throws CertPathValidatorException {
        for (int i = 0; i + 1 < whole.size(); i++) {
            X509Certificate certificate = whole.get(i);
            X509Certificate issuer = whole.get(i + 1);
            for (X509CRL list : lists) {
                if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                        && list.isRevoked(certificate)
                        && isSignedBy(list, issuer)) {
                    throw new CertPathValidatorException(
                            "Certificate has been revoked, as a list of "
                                    + list.getThisUpdate().toInstant()
                                    + " says",
                            null,
                            path,
                            i,
                            BasicReason.REVOKED);
                }
            }
        }
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isOutOfDate(X509CRL list, Instant now) {
        Date end = list.getNextUpdate();
        return end != null && now.isAfter(end.toInstant());
    }

    /** Not longer than the certificates and the lists last that speak for it. */
    private Instant until(List<X509Certificate> path, Instant now) {
        Instant until = now.plus(REMEMBERED);
        for (X509Certificate each : path) {
            until = earlier(until, each.getNotAfter());
        }
        if (revocation == Revocation.STRICT) {
            for (X509CRL list : lists) {
                until = earlier(until, list.getNextUpdate());
            }
        }
        return until;
    }

    private static Instant earlier(Instant one, @Nullable Date other) {
        return other == null || one.isBefore(other.toInstant()) ? one : other.toInstant();
    }

    /** What an operator should know of the lists; each a sentence. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (revocation == Revocation.NOT_CHECKED) {
            return complaints;
        }
        Instant now = clock.instant();
        for (X509CRL list : lists) {
            if (isOutOfDate(list, now)) {
                complaints.add(
                        "the revocation list of "
                                + list.getIssuerX500Principal()
                                + " ended on "
                                + list.getNextUpdate().toInstant()
                                + ": put the next one in its place"
                                + consequence());
            }
        }
        Set<X500Principal> listed = new HashSet<>();
        lists.forEach(list -> listed.add(list.getIssuerX500Principal()));
        if (revocation == Revocation.STRICT) {
            for (X509Certificate authority : authorities) {
                if (!listed.contains(authority.getSubjectX500Principal())) {
                    complaints.add(
                            "there is no revocation list of "
                                    + authority.getSubjectX500Principal()
                                    + consequence());
                }
            }
        }
        return complaints;
    }

    private String consequence() {
        return revocation == Revocation.STRICT
                ? "; until then, certificates that it issued are refused"
                : "; until then, certificates that it issued are taken unless that list names them";
    }
}
