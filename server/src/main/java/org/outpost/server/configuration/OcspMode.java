package org.outpost.server.configuration;

/** Whether a client certificate's issuer is asked about it (RFC 6960). */
public enum OcspMode {
    /** Nobody is asked. */
    OFF,
    /** The client is let in while nobody answers. */
    SOFT,
    /** The client is turned away while nobody answers. */
    HARD
}
