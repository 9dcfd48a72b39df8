package org.outpost.amt.connection;

/** With or without TLS to the device. */
public enum TransportChoice {
    /** Without. */
    PLAIN,
    /** With TLS only. */
    TLS,
    /**
     * With TLS, and without where the device refuses the TLS port and has never been seen with a
     * certificate: whoever can refuse a port must not be able to take TLS away.
     */
    EITHER
}
