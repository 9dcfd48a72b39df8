package org.outpost.server.serve;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.ClientTrust;
import org.outpost.server.certificate.CurrentTls;
import org.outpost.server.certificate.GivenCertificate;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerIdentity;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.certificate.TlsProfiles;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConsoleDoor;
import org.outpost.server.configuration.TlsProfile;
import org.outpost.server.configuration.TunnelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The TLS of every listener, from the configuration and the data folder. */
final class Tls {
    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    private final Path folder;
    private final CertificateStore store;
    private final ServerNames names;
    private final TlsProfiles profiles;
    private final List<CurrentTls> contexts = new ArrayList<>();

    Tls(Configuration configuration, Path folder) throws IdentityException {
        this.folder = folder;
        this.store = new CertificateStore(folder, InstantSource.system());
        this.names = ServerNames.of(configuration.tunnel().name(), configuration.tunnel().names());
        this.profiles = new TlsProfiles(OpenSsl.isAvailable());
        // Made at the first start even if every listener brings its own certificate.
        store.identity(names);
    }

    /** Null for plain text. */
    @Nullable Supplier<SslContext> of(TunnelListener listener) throws IdentityException {
        return of(
                listener.tls(),
                listener.certificate(),
                listener.key(),
                () -> new ClientTrust.NotAsked());
    }

    /** Null for plain text. */
    @Nullable Supplier<SslContext> of(ConsoleDoor door) throws IdentityException {
        return of(door.tls(), door.certificate(), door.key(), () -> clients(door));
    }

    private interface Clients {
        ClientTrust read() throws IdentityException;
    }

    private static ClientTrust clients(ConsoleDoor door) throws IdentityException {
        Path authorities = door.clientCa();
        if (authorities == null) {
            return new ClientTrust.NotAsked();
        }
        return switch (door.clientCertificate()) {
            case NONE -> new ClientTrust.NotAsked();
            case OPTIONAL -> new ClientTrust.Optional(ClientTrust.authorities(authorities));
            case REQUIRED -> new ClientTrust.Required(ClientTrust.authorities(authorities));
        };
    }

    private @Nullable Supplier<SslContext> of(
            TlsProfile profile, @Nullable Path certificate, @Nullable Path key, Clients clients)
            throws IdentityException {
        CurrentTls.Source source =
                switch (profile) {
                    case NONE -> null;
                    case MODERN ->
                            () -> profiles.modern(identity(certificate, key), clients.read());
                    case LEGACY ->
                            () -> profiles.legacy(identity(certificate, key), clients.read());
                };
        if (source == null) {
            return null;
        }
        CurrentTls current = new CurrentTls(source);
        contexts.add(current);
        return current;
    }

    private ServerIdentity identity(@Nullable Path certificate, @Nullable Path key)
            throws IdentityException {
        return certificate == null || key == null
                ? store.identity(names)
                : new GivenCertificate(certificate, key).read(InstantSource.system());
    }

    /** Once a day: certificates near their end are renewed, session ticket keys change. */
    void refresh() {
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

    /** PEM file with the chain of our own server certificate. */
    Path serverCertificate() {
        return folder.resolve("server.crt");
    }

    /** PEM file with its key. */
    Path serverKey() {
        return folder.resolve("server.key");
    }
}
