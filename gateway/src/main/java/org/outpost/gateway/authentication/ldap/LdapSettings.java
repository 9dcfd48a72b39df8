package org.outpost.gateway.authentication.ldap;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

/**
 * How a directory is asked.
 *
 * @param servers where it is; the first that can be reached is asked
 * @param startTls whether plain connections turn to TLS before anything is said
 * @param tls whom TLS trusts; the name in the server's certificate is checked too
 * @param users how a user name becomes an entry
 * @param service who searches; null to search anonymously
 * @param group the entry of a group that a user has to be a member of; null for none
 * @param connections how many users are asked about at once, 1 or more
 * @param connectTimeout for a connection, TLS included
 * @param responseTimeout for each answer of the directory
 * @param remember how long an acceptance counts without asking again; zero to ask always
 */
public record LdapSettings(
        List<LdapServer> servers,
        boolean startTls,
        SSLContext tls,
        Users users,
        @Nullable ServiceAccount service,
        @Nullable String group,
        int connections,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration remember) {
    public LdapSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty() || connections < 1) {
            throw new IllegalArgumentException("need a server and connections >= 1");
        }
        if (!connectTimeout.isPositive() || !responseTimeout.isPositive()) {
            throw new IllegalArgumentException("need timeouts > 0");
        }
    }

    /** How a user name becomes an entry of the directory. */
    public sealed interface Users {
        /** The name is part of the distinguished name. */
        record Named(LdapTemplate dn) implements Users {}

        /** The entry is searched for below a base; exactly one must match. */
        record Searched(String base, LdapTemplate filter) implements Users {}
    }

    /**
     * The account that searches.
     *
     * @param dn its distinguished name
     * @param passwordFile its password: the first line of a file, read whenever it signs in
     */
    public record ServiceAccount(String dn, Path passwordFile) {}
}
