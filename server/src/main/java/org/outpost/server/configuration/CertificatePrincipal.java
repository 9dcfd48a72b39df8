package org.outpost.server.configuration;

/** What of a client certificate becomes the name of whoever signs in. */
public enum CertificatePrincipal {
    /** The whole subject. */
    SUBJECT,
    /** The common name. */
    CN,
    /** The first DNS name. */
    SAN_DNS,
    /** The first URI. */
    SAN_URI,
    /** The SHA-256 of the certificate. */
    FINGERPRINT
}
