package org.outpost.server.serve;

import io.netty.handler.ssl.OpenSsl;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.certificate.CertificateCheck;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.ClientTrust;
import org.outpost.server.certificate.CurrentTls;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.OwnAuthorities;
import org.outpost.server.certificate.TlsIdentity;
import org.outpost.server.certificate.TlsProfiles;
import org.outpost.server.configuration.ClientCertificate;
import org.outpost.server.configuration.ClientCertificateRules;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConsoleDoor;
import org.outpost.server.configuration.CrlPolicy;
import org.outpost.server.configuration.TlsProfile;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.trust.ClientCheck;
import org.outpost.server.trust.ClientVerifier;
import org.outpost.server.trust.TrustFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The TLS of every listener, from the configuration and the data folder, and what keeps it fresh:
 * files that change, tickets' keys that rotate, certificates that come near their end.
 */
final class Tls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    private final Responders responders;
    private final Duration reloadInterval;
    private final Duration ticketLifetime;
    private final ServerCertificates certificates;
    private final OwnAuthorities own;
    private final TlsProfiles profiles;
    private final List<CurrentTls> contexts = new ArrayList<>();
    private final List<ClientVerifier> verifiers = new ArrayList<>();
    private final FileWatch files = new FileWatch();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    work ->
                            Thread.ofPlatform()
                                    .name("outpost-certificates")
                                    .daemon()
                                    .unstarted(work));

    Tls(Configuration configuration, Path folder, Responders responders) throws IdentityException {
        this.responders = responders;
        this.reloadInterval = configuration.tls().reloadInterval();
        this.ticketLifetime = configuration.tls().ticketLifetime();
        this.certificates = new ServerCertificates(configuration.tunnel(), folder);
        this.own =
                new OwnAuthorities(
                        List.of(
                                certificates.store(AuthorityKind.RSA_2048),
                                certificates.store(AuthorityKind.RSA_3072)));
        this.profiles = new TlsProfiles(OpenSsl.isAvailable());
        // Made at the first start even if every listener brings its own certificate.
        certificates.standard().identity();
    }

    /**
     * The TLS of a tunnel listener; null for plain text.
     *
     * @param path of the listener in the configuration, for the log
     */
    @Nullable TlsSource of(String path, TunnelListener listener) throws IdentityException {
        return of(path, listener.tls(), certificates.of(listener), listener);
    }

    /**
     * The TLS of a door; null for plain text.
     *
     * @param path of the door in the configuration, for the log
     */
    @Nullable TlsSource of(String path, ConsoleDoor door) throws IdentityException {
        return of(path, door.tls(), certificates.of(door.certificate(), door.key()), door);
    }

    private @Nullable TlsSource of(
            String path,
            TlsProfile profile,
            ServerCertificates.Shown shown,
            ClientCertificateRules rules)
            throws IdentityException {
        if (profile == TlsProfile.NONE) {
            return null;
        }
        ClientVerifier verifier = verifier(shown, rules);
        ClientTrust clients = clients(rules.clientCertificate(), verifier);
        CurrentTls context =
                new CurrentTls(
                        shown::identity,
                        (identity, tickets) ->
                                profile == TlsProfile.LEGACY
                                        ? profiles.legacy(identity, clients, tickets)
                                        : profiles.modern(identity, clients, tickets),
                        ticketLifetime);
        contexts.add(context);
        files.add(path + ": certificate and key", shown.files(), context::refresh);
        if (verifier == null) {
            return new ListenerTls(context, CertificateCheck.NONE);
        }
        verifiers.add(verifier);
        files.add(
                path + ": client-ca and crl",
                verifier.files().all(),
                () -> {
                    verifier.refresh();
                    // Clients are told which authorities are good.
                    context.refresh();
                });
        boolean required = rules.clientCertificate() == ClientCertificate.REQUIRED;
        return new ListenerTls(context, new ClientCheck(verifier, required, responders.of(rules)));
    }

    private @Nullable ClientVerifier verifier(
            ServerCertificates.Shown shown, ClientCertificateRules rules) throws IdentityException {
        if (rules.clientCertificate() == ClientCertificate.NONE) {
            return null;
        }
        Path written = rules.clientCa();
        return new ClientVerifier(
                new TrustFiles(
                        written == null ? shown.root() : written,
                        rules.crl(),
                        rules.crlPolicy() == CrlPolicy.HARD,
                        own,
                        InstantSource.system()));
    }

    private static ClientTrust clients(
            ClientCertificate wanted, @Nullable ClientVerifier verifier) {
        if (verifier == null) {
            return new ClientTrust.NotAsked();
        }
        return wanted == ClientCertificate.REQUIRED
                ? new ClientTrust.Required(verifier)
                : new ClientTrust.Optional(verifier);
    }

    /** The files of the web door's certificate and key, to begin with. */
    ServerCertificates.Shown web(@Nullable Path certificate, @Nullable Path key)
            throws IdentityException {
        return certificates.of(certificate, key);
    }

    /** Hands the web door its certificate whenever that has changed. */
    void watchWeb(ServerCertificates.Shown shown, Consumer<TlsIdentity> door) {
        files.add("web: certificate and key", shown.files(), () -> door.accept(shown.identity()));
    }

    /** Begins to look at the files and to rotate tickets' keys. */
    void start() {
        every(reloadInterval, files::look);
        every(ticketLifetime, () -> contexts.forEach(CurrentTls::rotateTickets));
        every(Duration.ofMinutes(1), () -> verifiers.forEach(ClientVerifier::complain));
        every(Duration.ofDays(1), this::refresh);
    }

    private void every(Duration time, Runnable work) {
        long nanos = time.toNanos();
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        log.atError().setCause(e).log("unexpected failure; tried again later");
                    }
                },
                nanos,
                nanos,
                TimeUnit.NANOSECONDS);
    }

    /** Once a day: certificates near their end are renewed. The files that change are noticed. */
    private void refresh() {
        try {
            // That of the web door, which no listener need show.
            certificates.standard().identity();
        } catch (IdentityException e) {
            log.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("the server's certificate could not be renewed; the former stays");
        }
        for (CurrentTls context : contexts) {
            try {
                context.refresh();
            } catch (IdentityException e) {
                log.atError()
                        .addKeyValue("reason", e.getMessage())
                        .log("the TLS of a listener could not be renewed; the former stays");
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        responders.close();
    }
}
