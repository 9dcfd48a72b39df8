package org.outpost.server.serve;

import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.TlsProfile;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.why.Facts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What the advice of {@code outpost why} must know of this server, read when it is asked. */
final class AdviceFacts {
    private final Configuration configuration;
    private final Path folder;

    AdviceFacts(Configuration configuration, Path folder) {
        this.configuration = configuration;
        this.folder = folder;
    }

    Facts read() {
        List<TunnelListener> listeners = configuration.tunnel().listeners();
        return new Facts(
                name(),
                roots(),
                listeners.stream().map(AdviceFacts::door).toList(),
                listeners.stream().anyMatch(listener -> listener.tls() == TlsProfile.LEGACY));
    }

    private String name() {
        try {
            return ServerNames.of(configuration.tunnel().name(), configuration.tunnel().names())
                    .commonName();
        } catch (IdentityException e) {
            return "not known: " + e.getMessage();
        }
    }

    private static String door(TunnelListener listener) {
        return "port "
                + listener.port()
                + " (tls: "
                + listener.tls().name().toLowerCase(Locale.ROOT)
                + ")";
    }

    /** Of each kind of CA that there is; certificates from elsewhere have roots of their own. */
    private List<String> roots() {
        List<String> roots =
                Arrays.stream(AuthorityKind.values())
                        .map(kind -> folder.resolve("ca" + kind.suffix() + ".crt"))
                        .filter(Files::exists)
                        .map(file -> file + " (SHA-256 " + fingerprint(file) + ")")
                        .toList();
        return roots.isEmpty() ? List.of("the root of its certificate") : roots;
    }

    private static String fingerprint(Path authority) {
        try (InputStream pem = Files.newInputStream(authority)) {
            byte[] certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded();
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (IOException | GeneralSecurityException e) {
            return "not readable now";
        }
    }
}
