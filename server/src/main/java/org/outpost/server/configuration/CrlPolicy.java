package org.outpost.server.configuration;

/** What a client certificate counts for while no valid CRL of its issuer is at hand. */
public enum CrlPolicy {
    /** Nothing: the client is refused. */
    HARD,
    /** It is good, unless an older CRL lists it. */
    SOFT
}
