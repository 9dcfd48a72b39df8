package org.outpost.amt.wsman.http;

import java.time.Duration;

/**
 * How HTTP is spoken with a device.
 *
 * @param host the {@code Host} header; AMT ignores its value
 * @param body the longest answer, in bytes
 * @param once a connection that was idle for longer is not used for a request that must not be sent
 *     twice, since AMT closes idle connections without notice
 * @param basic whether a password may be sent in clear to a device that does not know digest
 */
public record HttpSettings(String host, int body, Duration once, boolean basic) {
    /** An answer of 1 MiB; no clear passwords. */
    public static HttpSettings of(String host) {
        return new HttpSettings(host, 1 << 20, Duration.ofSeconds(3), false);
    }
}
