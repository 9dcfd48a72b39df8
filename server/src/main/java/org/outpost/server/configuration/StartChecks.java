package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.devicetraffic.Destinations;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.ClientTrust;
import org.outpost.server.certificate.CrlFile;
import org.outpost.server.certificate.GivenCertificate;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerNames;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a start would refuse in names and in files, found before it is tried. */
final class StartChecks {
    private final Configuration configuration;
    private final BiConsumer<String, String> note;

    /**
     * @param note takes the path of a key, and what is wrong there
     */
    StartChecks(Configuration configuration, BiConsumer<String, String> note) {
        this.configuration = configuration;
        this.note = note;
    }

    private interface Check {
        void run() throws IdentityException;
    }

    void run() {
        database(configuration.database());
        TunnelSettings tunnel = configuration.tunnel();
        check("tunnel.name", () -> ServerNames.of(tunnel.name(), List.of()));
        for (int i = 0; i < tunnel.names().size(); i++) {
            List<String> one = List.of(tunnel.names().get(i));
            check("tunnel.names[" + i + "]", () -> ServerNames.of(null, one));
        }
        for (int i = 0; i < tunnel.listeners().size(); i++) {
            TunnelListener listener = tunnel.listeners().get(i);
            String path = "tunnel.listeners[" + i + "]";
            identity(path, listener.certificate(), listener.key());
            trust(path, listener);
            names(path, listener);
            sameNames(path, listener, tunnel.listeners().subList(0, i));
        }
        deviceChannels(configuration.deviceChannels());
        new AuthenticatorChecks(configuration, note).run();
        door("http-proxy", configuration.httpProxy());
        door("socks", configuration.socks());
        identity("web", configuration.web().certificate(), configuration.web().key());
        WrittenSubscribers.check(configuration, note);
    }

    private void deviceChannels(DeviceChannelSettings settings) {
        entries("device-channels.events", settings.events(), one -> Destinations.of(List.of(one)));
        entries("device-channels.traps", settings.traps(), one -> Destinations.of(List.of(one)));
        entries("device-channels.allow", settings.allow(), EgressRule::parse);
    }

    private void entries(String path, List<String> entries, Consumer<String> parser) {
        for (int i = 0; i < entries.size(); i++) {
            try {
                parser.accept(entries.get(i));
            } catch (IllegalArgumentException e) {
                note.accept(path + "[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
    }

    private void database(DatabaseSettings database) {
        try {
            database.postgres();
        } catch (IllegalArgumentException e) {
            note.accept("database.url", Objects.requireNonNullElse(e.getMessage(), "is no URL"));
        }
        if (database.url() == null) {
            if (database.user() != null) {
                note.accept("database.user", "is of no use without \"url\" beside it");
            }
            if (database.passwordFile() != null) {
                note.accept("database.password-file", "is of no use without \"url\" beside it");
            }
        }
    }

    private void door(String path, ConsoleDoor door) {
        if (!door.enabled()) {
            return;
        }
        identity(path, door.certificate(), door.key());
        trust(path, door);
    }

    private void identity(String path, @Nullable Path certificate, @Nullable Path key) {
        if (certificate != null && key != null) {
            check(
                    path + ".certificate",
                    () -> new GivenCertificate(certificate, key).read(InstantSource.system()));
        }
    }

    private void trust(String path, ClientCertificateRules rules) {
        Path authorities = rules.clientCa();
        if (authorities != null) {
            check(path + ".client-ca", () -> ClientTrust.authorities(authorities));
        }
        for (int i = 0; i < rules.crl().size(); i++) {
            Path list = rules.crl().get(i);
            if (rules.crlPolicy() == CrlPolicy.HARD || Files.exists(list)) {
                check(path + ".crl[" + i + "]", () -> CrlFile.read(list));
            }
        }
    }

    private void names(String path, TunnelListener listener) {
        Path folder = listener.authority().folder();
        if (folder != null) {
            check(
                    path + ".authority",
                    () -> CertificateStore.given(folder, InstantSource.system()).root());
        }
        check(path + ".name", () -> ServerNames.of(listener.name(), List.of()));
        for (int i = 0; i < listener.names().size(); i++) {
            List<String> one = List.of(listener.names().get(i));
            check(path + ".names[" + i + "]", () -> ServerNames.of(null, one));
        }
    }

    /** One name of one CA is one certificate, which cannot be made out to this and to that. */
    private void sameNames(String path, TunnelListener listener, List<TunnelListener> before) {
        String name = listener.name();
        if (name == null || listener.certificate() != null) {
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            TunnelListener other = before.get(i);
            if (other.certificate() == null
                    && name.equalsIgnoreCase(other.name())
                    && listener.authority().equals(other.authority())
                    && !Set.copyOf(listener.names()).equals(Set.copyOf(other.names()))) {
                note.accept(
                        path + ".names",
                        "differ from those of tunnel.listeners[%d], which shows the same certificate: write the same names there"
                                .formatted(i));
                return;
            }
        }
    }

    private void check(String path, Check check) {
        try {
            check.run();
        } catch (IdentityException e) {
            note.accept(path, Objects.requireNonNullElse(e.getMessage(), "cannot be used"));
        }
    }
}
