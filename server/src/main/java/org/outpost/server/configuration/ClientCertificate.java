package org.outpost.server.configuration;

/** Whether a TLS client shows a certificate. */
public enum ClientCertificate {
    /** Not asked for. */
    NONE,
    /** Asked for; one that is shown must be good. */
    OPTIONAL,
    /** Nobody comes in without one. */
    REQUIRED
}
