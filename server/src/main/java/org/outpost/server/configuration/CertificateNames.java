package org.outpost.server.configuration;

/** What a client certificate has to name. */
public enum CertificateNames {
    /** No matter what. */
    ANYTHING,
    /** The UUID that the device announces. */
    UUID,
    /** The user name that is given. */
    USER
}
