package org.outpost.gateway.proxy;

import java.time.Duration;
import java.util.Set;

/**
 * How the HTTP proxy behaves beyond what all doors share.
 *
 * @param maxLine characters in the request line
 * @param maxFields bytes in the header section; Kerberos tickets fill 64 KiB (article section
 *     6.1.2)
 * @param discardTimeout how long the rest of a refused request is read
 * @param idleTimeout how long a connection is kept without a request
 * @param responseTimeout how long a device may be silent while an answer is awaited
 * @param maxDiscard bytes of a refused request's body that are read to keep the connection
 * @param reclaimableAfter after which idle time a CONNECT to a web port may be closed in favour of
 *     a waiting one
 * @param webPorts the ports that this applies to; redirection sessions are never closed for others
 */
public record ProxySettings(
        int maxLine,
        int maxFields,
        Duration discardTimeout,
        Duration idleTimeout,
        Duration responseTimeout,
        long maxDiscard,
        Duration reclaimableAfter,
        Set<Integer> webPorts) {
    /** The most bytes of a body that are handled at once. */
    static final int CHUNK = 16 * 1024;

    /** What a browser and a WS-Man client get along with. */
    public static final ProxySettings DEFAULT =
            new ProxySettings(
                    16 * 1024,
                    64 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(90),
                    Duration.ofSeconds(120),
                    1 << 20,
                    Duration.ofSeconds(10),
                    Set.of(16992, 16993));

    public ProxySettings {
        webPorts = Set.copyOf(webPorts);
    }
}
