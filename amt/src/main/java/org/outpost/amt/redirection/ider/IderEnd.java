package org.outpost.amt.redirection.ider;

import java.util.Locale;

/** Why an IDE-R session ended. */
public enum IderEnd {
    /** It was ended on this side. */
    CLOSED_HERE,
    /** The device ended it. */
    DEVICE_ENDED,
    /** The connection was lost. */
    CONNECTION_LOST,
    /** The device would not attach the drives. */
    ATTACH_REFUSED,
    /** The device did not keep to the protocol. */
    PROTOCOL_ERROR;

    /** Value of a metric's tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
