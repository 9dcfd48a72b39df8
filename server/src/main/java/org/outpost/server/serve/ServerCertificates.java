package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.GivenCertificate;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerIdentity;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.configuration.TunnelSettings;
import org.outpost.server.configuration.binding.AuthoritySource;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which certificate each listener shows, by the configuration. */
public final class ServerCertificates {
    private final TunnelSettings tunnel;
    private final InstantSource clock = InstantSource.system();
    private final Map<AuthorityKind, CertificateStore> stores = new EnumMap<>(AuthorityKind.class);

    /**
     * What a listener shows.
     *
     * @param files certificate and key
     * @param root the authority to trust in clients when no other is written
     * @param source reads them, or makes them
     */
    public record Shown(List<Path> files, Path root, Source source) {
        /** The certificate with its chain. */
        public Path certificate() {
            return files.getFirst();
        }

        /** Its key. */
        public Path key() {
            return files.getLast();
        }

        /**
         * Reads certificate and key; makes them where they are ours and missing or near their end.
         *
         * @throws IdentityException when that fails
         */
        public ServerIdentity identity() throws IdentityException {
            return source.read();
        }
    }

    /** Reads or makes an identity. */
    @FunctionalInterface
    interface Source {
        ServerIdentity read() throws IdentityException;
    }

    /**
     * Knows the settings; reads nothing yet.
     *
     * @param folder the data folder
     */
    public ServerCertificates(TunnelSettings tunnel, Path folder) {
        this.tunnel = tunnel;
        for (AuthorityKind kind : AuthorityKind.values()) {
            stores.put(kind, new CertificateStore(folder, kind, clock));
        }
    }

    /** The data folder's CA of one kind; not made before it is asked for. */
    public CertificateStore store(AuthorityKind kind) {
        CertificateStore store = stores.get(kind);
        if (store == null) {
            throw new IllegalStateException("there is one of each kind");
        }
        return store;
    }

    /** The certificate of the whole server. */
    public Shown standard() throws IdentityException {
        return ours(store(AuthorityKind.RSA_2048), null, tunnel.name(), tunnel.names());
    }

    /** What a door for consoles shows: the operator's own certificate, or that of the server. */
    public Shown of(@Nullable Path certificate, @Nullable Path key) throws IdentityException {
        return certificate == null || key == null
                ? standard()
                : given(certificate, key, store(AuthorityKind.RSA_2048));
    }

    /** What a tunnel listener shows. */
    public Shown of(TunnelListener listener) throws IdentityException {
        CertificateStore store = store(listener.authority());
        Path certificate = listener.certificate();
        Path key = listener.key();
        if (certificate != null && key != null) {
            return given(certificate, key, store);
        }
        String name = listener.name();
        return name == null
                ? ours(store, null, tunnel.name(), tunnel.names())
                : ours(store, name, name, listener.names());
    }

    private CertificateStore store(AuthoritySource source) throws IdentityException {
        Path folder = source.folder();
        if (folder != null) {
            return CertificateStore.given(folder, clock);
        }
        return store(
                source.word().equals("rsa-3072") ? AuthorityKind.RSA_3072 : AuthorityKind.RSA_2048);
    }

    private Shown given(Path certificate, Path key, CertificateStore store) {
        return new Shown(
                List.of(certificate, key),
                store.rootFile(),
                () -> new GivenCertificate(certificate, key).read(clock));
    }

    private static Shown ours(
            CertificateStore store,
            @Nullable String listener,
            @Nullable String name,
            List<String> names)
            throws IdentityException {
        ServerNames all = ServerNames.of(name, names);
        String file = store.serverFile(listener == null ? null : all.commonName());
        return new Shown(
                List.of(
                        store.folder().resolve(file + ".crt"),
                        store.folder().resolve(file + ".key")),
                store.rootFile(),
                () -> store.identity(all, file));
    }
}
