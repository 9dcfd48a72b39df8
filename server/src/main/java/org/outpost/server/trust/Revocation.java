package org.outpost.server.trust;

/** How much revocation lists are needed. */
public enum Revocation {
    /** There are none to look into. */
    NOT_CHECKED,
    /** A certificate is good while its issuer has no valid list, unless an older one names it. */
    LENIENT,
    /** A certificate is good only while a valid list of its issuer says so. */
    STRICT
}
