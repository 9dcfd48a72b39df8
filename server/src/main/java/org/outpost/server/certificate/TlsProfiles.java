package org.outpost.server.certificate;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The kinds of TLS that listeners speak (apf.md §1.2). Each context has session resumption of its
 * own, by session id, and shares resumption by ticket with those that are made with the same {@link
 * SessionTickets}.
 */
public final class TlsProfiles {
    private static final Logger log = LoggerFactory.getLogger(TlsProfiles.class);

    private static final List<String> TLS_13_SUITES =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /** CBC is for early firmware with TLS 1.2, and for consoles on Windows Server 2012. */
    private static final List<String> EPHEMERAL_SUITES =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

    private static final List<String> STATIC_RSA_SUITES =
            List.of(
                    "TLS_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_RSA_WITH_AES_128_CBC_SHA");

    private static final int CACHED_SESSIONS = 20_000;

    private final boolean boringSsl;

    /**
     * @param boringSsl whether Netty's native TLS can be used: {@code OpenSsl.isAvailable()}
     */
    public TlsProfiles(boolean boringSsl) {
        this.boringSsl = boringSsl;
        if (!boringSsl) {
            log.atWarn()
                    .log(
                            "BoringSSL is not available here: TLS is the JDK's, which takes about"
                                + " twice the memory for each tunnel and has no legacy profile");
        }
    }

    /**
     * TLS 1.2 and 1.3 with ephemeral key exchange: for devices from AMT 12 on and for the doors for
     * consoles.
     *
     * @throws IdentityException when the TLS library does not take the identity
     */
    public SslContext modern(TlsIdentity identity, ClientTrust clients, SessionTickets tickets)
            throws IdentityException {
        return context(
                identity,
                clients,
                tickets,
                List.of("TLSv1.3", "TLSv1.2"),
                Stream.concat(TLS_13_SUITES.stream(), EPHEMERAL_SUITES.stream()).toList());
    }

    /**
     * TLS 1.0 to 1.2, with static RSA too: for devices before AMT 12, and those whose TLS 1.2 knows
     * nothing better. Not for anything else.
     *
     * @throws IdentityException without BoringSSL, since the JDK's TLS can be loosened for the
     *     whole process only; or when it does not take the identity
     */
    public SslContext legacy(TlsIdentity identity, ClientTrust clients, SessionTickets tickets)
            throws IdentityException {
        if (!boringSsl) {
            throw new IdentityException(
                    "a listener with `tls: legacy` needs BoringSSL, and Netty's native library for"
                            + " it cannot be loaded on this system (it has builds for Linux with"
                            + " glibc, on x86_64 and aarch64): use `tls: modern`, or another"
                            + " system");
        }
        return context(
                identity,
                clients,
                tickets,
                List.of("TLSv1.2", "TLSv1.1", "TLSv1"),
                Stream.concat(EPHEMERAL_SUITES.stream(), STATIC_RSA_SUITES.stream()).toList());
    }

    private SslContext context(
            TlsIdentity identity,
            ClientTrust clients,
            SessionTickets tickets,
            List<String> protocols,
            List<String> suites)
            throws IdentityException {
        SslContextBuilder builder =
                SslContextBuilder.forServer(
                                identity.key(), identity.chain().toArray(X509Certificate[]::new))
                        .sslProvider(boringSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols(protocols)
                        .ciphers(suites, SupportedCipherSuiteFilter.INSTANCE)
                        .sessionCacheSize(CACHED_SESSIONS)
                        .sessionTimeout(Math.max(1, tickets.sessionLife().toSeconds()));
        switch (clients) {
            case ClientTrust.NotAsked() -> builder.clientAuth(ClientAuth.NONE);
            case ClientTrust.Optional(X509ExtendedTrustManager verifier) ->
                    builder.trustManager(verifier).clientAuth(ClientAuth.OPTIONAL);
            case ClientTrust.Required(X509ExtendedTrustManager verifier) ->
                    builder.trustManager(verifier).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            SslContext context = builder.build();
            if (context instanceof OpenSslServerContext server) {
                server.sessionContext().setSessionCacheEnabled(true);
            }
            tickets.handTo(context);
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            throw new IdentityException(
                    "TLS cannot use the certificate of "
                            + identity
                            + ": "
                            + (e.getMessage() == null ? e.getClass().getName() : e.getMessage()),
                    e);
        }
    }
}
