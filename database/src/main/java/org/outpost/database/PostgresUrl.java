package org.outpost.database;

import org.postgresql.PGProperty;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The address of a PostgreSQL database, as the driver reads it.
 *
 * @param jdbc the URL for the driver; holds neither user nor password
 * @param hosts host and port, or several, divided by commas
 * @param database the database's name
 * @param user as whom, or empty
 */
public record PostgresUrl(String jdbc, String hosts, String database, String user) {
    private static final String USE =
            "; write jdbc:postgresql://HOST:PORT/DATABASE, or leave it out for SQLite";

    /** What the house sets by itself, lest a hung database holds a thread for ever. */
    private static final Set<String> OURS =
            Set.of(
                    "connectTimeout",
                    "socketTimeout",
                    "loginTimeout",
                    "tcpKeepAlive",
                    "readOnly",
                    "autosave",
                    "defaultRowFetchSize");

    private static final Set<String> SECRETS = Set.of("password", "sslpassword");

    /**
     * Reads the URL as libpq or JDBC write it.
     *
     * @throws IllegalArgumentException with what is wrong and what to write; never with a password
     */
    public static PostgresUrl parse(String text) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        int scheme = url.indexOf("://");
        if (scheme < 0 || !Set.of("postgresql", "postgres").contains(url.substring(0, scheme))) {
            throw new IllegalArgumentException("is no URL of PostgreSQL" + USE);
        }
        String rest = url.substring(scheme + 3);
        int query = rest.indexOf('?');
        String place = query < 0 ? rest : rest.substring(0, query);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : place.substring(slash + 1);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        String hosts = authority.substring(at + 1);
        if (user.indexOf(':') >= 0) {
            throw withPassword();
        }
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "names no host (sockets of the file system are not supported)" + USE);
        }
        if (database.isEmpty()) {
            throw new IllegalArgumentException("names no database" + USE);
        }
        Parameters parameters = Parameters.read(query < 0 ? "" : rest.substring(query + 1));
        if (!user.isEmpty() && !parameters.user().isEmpty()) {
            throw new IllegalArgumentException("names the user twice; write it once");
        }
        return new PostgresUrl(
                "jdbc:postgresql://" + hosts + "/" + database + parameters.query(),
                hosts,
                decoded(database),
                user.isEmpty() ? parameters.user() : decoded(user));
    }

    private static IllegalArgumentException withPassword() {
        return new IllegalArgumentException(
                "holds a password, which others may read there; write it to a file of its own, and"
                        + " name that file by \"password-file\"");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without what the driver is told, which may be long. */
    @Override
    public String toString() {
        return database + " on " + hosts;
    }

    /** What stands behind the question mark. */
    private record Parameters(String query, String user) {
        static Parameters read(String query) {
            String user = "";
            List<String> kept = new ArrayList<>();
            for (String pair : query.split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                if (SECRETS.contains(key)) {
                    throw withPassword();
                }
                if ("user".equals(key)) {
                    user = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                    continue;
                }
                check(key);
                kept.add(pair);
            }
            return new Parameters(kept.isEmpty() ? "" : "?" + String.join("&", kept), user);
        }

        private static void check(String key) {
            if (OURS.contains(key)) {
                throw new IllegalArgumentException(
                        "sets " + key + ", which the server sets by itself; leave it out");
            }
            if (PGProperty.forName(key) == null) {
                throw new IllegalArgumentException(
                        "sets \""
                                + key
                                + "\", which the driver of PostgreSQL does not know; see the list"
                                + " at https://jdbc.postgresql.org/documentation/use/");
            }
        }
    }
}
