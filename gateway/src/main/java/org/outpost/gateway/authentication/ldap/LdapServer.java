package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;

import java.net.InetAddress;
import java.util.Locale;

/**
 * Where a directory is.
 *
 * @param host a host name or address
 * @param port its TCP port
 * @param tls whether TLS begins with the connection ({@code ldaps://})
 */
public record LdapServer(String host, int port, boolean tls) {
    /**
     * Reads {@code ldap://host:port} or {@code ldaps://host:port}; the ports are 389 and 636 unless
     * written.
     *
     * @throws IllegalArgumentException saying what to write
     */
    public static LdapServer parse(String url) {
        LDAPURL parsed;
        try {
            parsed = new LDAPURL(url);
        } catch (LDAPException e) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not ldap://HOST:PORT or ldaps://HOST:PORT", e);
        }
        String scheme = parsed.getScheme().toLowerCase(Locale.ROOT);
        if (!parsed.hostProvided() || !(scheme.equals("ldap") || scheme.equals("ldaps"))) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not ldap://HOST:PORT or ldaps://HOST:PORT");
        }
        if (parsed.baseDNProvided() || parsed.filterProvided() || parsed.scopeProvided()) {
            throw new IllegalArgumentException(
                    "\""
                            + url
                            + "\" says more than where the directory is; write base and filter"
                            + " as keys of their own");
        }
        String host = parsed.getHost();
        return new LdapServer(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                parsed.getPort(),
                scheme.equals("ldaps"));
    }

    /** Whether it is on this machine, as far as the text alone tells. */
    public boolean isLoopback() {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
