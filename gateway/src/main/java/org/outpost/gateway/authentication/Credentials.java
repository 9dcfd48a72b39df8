package org.outpost.gateway.authentication;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.UUID;

/**
 * What a device or console shows to be let in.
 *
 * @param user the user name, possibly empty
 * @param password the password, or null when none was sent
 * @param certificate the verified client certificate of the TLS connection, or null
 * @param device the UUID that a device announced; null for consoles
 * @param address where the connection comes from
 */
public record Credentials(
        String user,
        @Nullable String password,
        @Nullable X509Certificate certificate,
        @Nullable UUID device,
        InetAddress address) {
    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", device=" + device + ", address=" + address + "]";
    }
}
