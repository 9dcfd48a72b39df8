package org.outpost.authenticator;

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
 * @param verifiedName the common name of a client certificate that a TLS terminator in front of us
 *     verified, when it hands on the name alone (PROXY protocol v2, PP2_SUBTYPE_SSL_CN); it comes
 *     from trusted peers only, and stands for a verified certificate; null without one. A whole
 *     certificate that a terminator hands on is in {@code certificate}.
 * @param device the UUID that a device announced; null for consoles
 * @param address where the connection comes from, before any load balancer
 */
public record Credentials(
        String user,
        @Nullable String password,
        @Nullable X509Certificate certificate,
        @Nullable String verifiedName,
        @Nullable UUID device,
        InetAddress address) {
    /** What comes over a connection whose TLS, if any, ends here. */
    public Credentials(
            String user,
            @Nullable String password,
            @Nullable X509Certificate certificate,
            @Nullable UUID device,
            InetAddress address) {
        this(user, password, certificate, null, device, address);
    }

    /** Whether a client certificate was verified, here or by a trusted terminator in front. */
    public boolean isCertified() {
        return certificate != null || verifiedName != null;
    }

    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", device=" + device + ", address=" + address + "]";
    }
}
