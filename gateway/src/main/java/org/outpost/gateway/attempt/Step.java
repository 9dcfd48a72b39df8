package org.outpost.gateway.attempt;

import java.util.Locale;

/** How far a connection came; each step needs the ones before it, where they are configured. */
public enum Step {
    /** TCP stands. */
    TCP,
    /** Something came, so TLS began. */
    TLS,
    /** TLS is agreed on, or was never wanted: PROTOCOLVERSION is awaited. */
    VERSION,
    /** The device said its UUID: credentials are awaited or judged. */
    SIGN_IN,
    /** The device was let in: its first port is awaited. */
    FORWARD,
    /** A tunnel that can be used. */
    TUNNEL;

    /** As logs, API and database write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
