package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.authentication.PasswordFile;
import org.outpost.server.certificate.ClientTrust;
import org.outpost.server.certificate.GivenCertificate;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.datadir.FileProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

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
        TunnelSettings tunnel = configuration.tunnel();
        check("tunnel.name", () -> ServerNames.of(tunnel.name(), List.of()));
        for (int i = 0; i < tunnel.names().size(); i++) {
            List<String> one = List.of(tunnel.names().get(i));
            check("tunnel.names[" + i + "]", () -> ServerNames.of(null, one));
        }
        for (int i = 0; i < tunnel.listeners().size(); i++) {
            TunnelListener listener = tunnel.listeners().get(i);
            identity("tunnel.listeners[" + i + "]", listener.certificate(), listener.key());
        }
        passwords("tunnel", tunnel.authenticators());
        passwords("console", configuration.console().authenticators());
        door("http-proxy", configuration.httpProxy());
        door("socks", configuration.socks());
        identity("web", configuration.web().certificate(), configuration.web().key());
    }

    private void door(String path, ConsoleDoor door) {
        if (!door.enabled()) {
            return;
        }
        identity(path, door.certificate(), door.key());
        Path authorities = door.clientCa();
        if (authorities != null) {
            check(path + ".client-ca", () -> ClientTrust.authorities(authorities));
        }
    }

    private void identity(String path, @Nullable Path certificate, @Nullable Path key) {
        if (certificate != null && key != null) {
            check(
                    path + ".certificate",
                    () -> new GivenCertificate(certificate, key).read(InstantSource.system()));
        }
    }

    private void passwords(String section, List<AuthenticatorSettings> authenticators) {
        for (int i = 0; i < authenticators.size(); i++) {
            if (authenticators.get(i) instanceof AuthenticatorSettings.PasswordFile(Path file)) {
                try {
                    PasswordFile.check(file);
                } catch (IOException e) {
                    note.accept(
                            section + ".authenticators[" + i + "].file",
                            file + " cannot be used: " + FileProblem.of(e));
                }
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
