package org.outpost.amt.redirection.sol;

import java.util.Locale;

/** Why a SOL session ended. */
public enum SolEnd {
    /** The channel was closed on this side. */
    CLOSED_HERE,
    /** The device ended it. */
    DEVICE_ENDED,
    /** The connection was lost. */
    CONNECTION_LOST,
    /** The device's heartbeats stayed away. */
    DEVICE_SILENT,
    /** The device did not keep to the protocol. */
    PROTOCOL_ERROR;

    /** Value of a metric's tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
