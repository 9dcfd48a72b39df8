package org.outpost.server.configuration;

/** Which protocols and suites a listener speaks (apf.md §1.2). */
public enum TlsProfile {
    /** TLS 1.2 and 1.3, forward secrecy only. */
    MODERN,
    /** TLS 1.0 to 1.2, static RSA too: what AMT before release 12 can do. */
    LEGACY,
    /** No TLS. */
    NONE
}
