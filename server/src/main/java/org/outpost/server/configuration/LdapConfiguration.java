package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.authentication.ldap.LdapServer;
import org.outpost.gateway.authentication.ldap.LdapSettings;
import org.outpost.gateway.authentication.ldap.LdapTemplate;
import org.outpost.gateway.authentication.ldap.ServicePassword;
import org.outpost.server.certificate.AuthorityTls;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.datadir.FileProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

/** What is written about a directory, made into what the authenticator takes. */
public final class LdapConfiguration {
    private final AuthenticatorSettings.Ldap written;
    private final BiConsumer<String, String> note;
    private boolean good = true;

    private LdapConfiguration(AuthenticatorSettings.Ldap written, BiConsumer<String, String> note) {
        this.written = written;
        this.note = note;
    }

    /**
     * Reads it.
     *
     * @param note takes a key, and what is wrong there
     * @return empty when something is wrong
     */
    public static Optional<LdapSettings> read(
            AuthenticatorSettings.Ldap written, BiConsumer<String, String> note) {
        return new LdapConfiguration(written, note).read();
    }

    private Optional<LdapSettings> read() {
        List<LdapServer> servers = servers();
        LdapSettings.Users users = users();
        LdapSettings.ServiceAccount service = service();
        SSLContext tls = tls();
        if (!good || users == null || tls == null) {
            return Optional.empty();
        }
        return Optional.of(
                new LdapSettings(
                        servers,
                        written.startTls(),
                        tls,
                        users,
                        service,
                        written.group(),
                        written.connections(),
                        written.connectTimeout(),
                        written.responseTimeout(),
                        written.remember()));
    }

    private void wrong(String key, String reason) {
        good = false;
        note.accept(key, reason);
    }

    private List<LdapServer> servers() {
        List<LdapServer> servers = new ArrayList<>();
        for (int i = 0; i < written.urls().size(); i++) {
            String key = "urls[" + i + "]";
            try {
                LdapServer server = LdapServer.parse(written.urls().get(i));
                servers.add(server);
                if (!server.tls()
                        && !written.startTls()
                        && !server.isLoopback()
                        && !written.insecure()) {
                    wrong(
                            key,
                            "passwords would cross the network in clear; write ldaps://, or"
                                + " \"start-tls: true\", or, to have it so, \"insecure: true\"");
                }
            } catch (IllegalArgumentException e) {
                wrong(key, String.valueOf(e.getMessage()));
            }
        }
        if (written.urls().isEmpty()) {
            wrong(
                    "urls",
                    "is empty; write where the directory is, such as ldaps://dc1.example.com");
        }
        return servers;
    }

    private LdapSettings.@Nullable Users users() {
        String bindDn = written.bindDn();
        String base = written.base();
        String filter = written.filter();
        if (bindDn != null && (base != null || filter != null)) {
            wrong("bind-dn", "cannot stand beside base and filter; write one or the other");
            return null;
        }
        if (bindDn != null) {
            LdapTemplate template = template("bind-dn", bindDn, LdapTemplate::dn);
            return template == null ? null : new LdapSettings.Users.Named(template);
        }
        if (base == null || filter == null) {
            wrong(
                    base == null ? "base" : "filter",
                    "is missing; write bind-dn, or base and filter, so that a user is found");
            return null;
        }
        LdapTemplate template = template("filter", filter, LdapTemplate::filter);
        return template == null ? null : new LdapSettings.Users.Searched(base, template);
    }

    private @Nullable LdapTemplate template(
            String key, String text, Function<String, LdapTemplate> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            wrong(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private LdapSettings.@Nullable ServiceAccount service() {
        String dn = written.serviceDn();
        Path file = written.servicePasswordFile();
        if (dn == null && file == null) {
            return null;
        }
        if (dn == null || file == null) {
            wrong(
                    dn == null ? "service-password-file" : "service-dn",
                    dn == null
                            ? "needs its account; write \"service-dn: …\" beside it"
                            : "needs its password; write \"service-password-file: FILE\" beside"
                                    + " it");
            return null;
        }
        try {
            ServicePassword.read(file);
        } catch (IOException e) {
            wrong("service-password-file", file + " cannot be used: " + FileProblem.of(e));
        }
        return new LdapSettings.ServiceAccount(dn, file);
    }

    private @Nullable SSLContext tls() {
        Path authorities = written.ca();
        try {
            return authorities == null
                    ? SSLContext.getDefault()
                    : AuthorityTls.trusting(authorities);
        } catch (IdentityException e) {
            wrong("ca", String.valueOf(e.getMessage()));
            return null;
        } catch (NoSuchAlgorithmException e) {
            wrong("ca", "this JDK has no default authorities: " + e.getMessage());
            return null;
        } catch (GeneralSecurityException e) {
            wrong("ca", authorities + " cannot be used: " + e.getMessage());
            return null;
        }
    }
}
