package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.GivenCertificate;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.certificate.TlsIdentity;
import org.outpost.server.configuration.TlsProfile;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.configuration.TunnelSettings;
import org.outpost.server.configuration.binding.AuthoritySource;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which certificate each listener shows, by the configuration. */
public final class ServerCertificates {
    private final TunnelSettings tunnel;
    private final Path dataFolder;
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
        public TlsIdentity identity() throws IdentityException {
            return source.read();
        }
    }

    /** Reads or makes an identity. */
    @FunctionalInterface
    interface Source {
        TlsIdentity read() throws IdentityException;
    }

    /**
     * Knows the settings; reads nothing yet.
     *
     * @param folder the data folder
     */
    public ServerCertificates(TunnelSettings tunnel, Path folder) {
        this.tunnel = tunnel;
        this.dataFolder = folder;
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
        return shared(store(AuthorityKind.RSA_2048)).shown();
    }

    /** What a door for consoles shows: the operator's own certificate, or that of the server. */
    public Shown of(@Nullable Path certificate, @Nullable Path key) throws IdentityException {
        return certificate == null || key == null
                ? standard()
                : given(certificate, key, store(AuthorityKind.RSA_2048));
    }

    /** What a tunnel listener shows. */
    public Shown of(TunnelListener listener) throws IdentityException {
        Path certificate = listener.certificate();
        Path key = listener.key();
        return certificate != null && key != null
                ? given(certificate, key, store(listener.authority()))
                : ours(listener).shown();
    }

    /**
     * Issues anew all that a CA of ours issued for this configuration, and nothing else. A running
     * server takes it into use by itself.
     *
     * @return the new certificates by their files
     * @throws IdentityException when a CA or a file cannot be used; what was renewed by then stays
     */
    public Map<Path, TlsIdentity> renew() throws IdentityException {
        Map<Path, Own> all = new LinkedHashMap<>();
        Own standard = shared(store(AuthorityKind.RSA_2048));
        all.put(standard.certificate(), standard);
        for (TunnelListener listener : tunnel.listeners()) {
            if (listener.tls() != TlsProfile.NONE && listener.certificate() == null) {
                Own own = ours(listener);
                all.put(own.certificate(), own);
            }
        }
        Map<Path, TlsIdentity> renewed = new LinkedHashMap<>();
        for (Own own : all.values()) {
            renewed.put(own.certificate(), own.store().renew(own.names(), own.file()));
        }
        return renewed;
    }

    private Own ours(TunnelListener listener) throws IdentityException {
        CertificateStore store = store(listener.authority());
        String name = listener.name();
        if (name == null) {
            return shared(store);
        }
        ServerNames names = ServerNames.of(name, listener.names());
        return new Own(store, store.serverFile(names.commonName()), names);
    }

    private Own shared(CertificateStore store) throws IdentityException {
        return new Own(
                store, store.serverFile(null), ServerNames.of(tunnel.name(), tunnel.names()));
    }

    private CertificateStore store(AuthoritySource source) throws IdentityException {
        Path folder = source.folder();
        if (folder != null) {
            return CertificateStore.given(folder, clock).servingFrom(dataFolder);
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

    /**
     * A certificate that a CA of ours issues.
     *
     * @param file the name of its two files without their ending
     */
    private record Own(CertificateStore store, String file, ServerNames names) {
        Path certificate() {
            return store.serverFolder().resolve(file + ".crt");
        }

        Shown shown() {
            return new Shown(
                    List.of(certificate(), store.serverFolder().resolve(file + ".key")),
                    store.rootFile(),
                    () -> store.identity(names, file));
        }
    }
}
