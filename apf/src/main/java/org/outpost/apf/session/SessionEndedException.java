package org.outpost.apf.session;

import java.io.IOException;

/** The server ended the session, or would not start it. */
public final class SessionEndedException extends IOException {
    /** The connection ended without a DISCONNECT. */
    public static final int NO_REASON = 0;

    private final int reason;

    /**
     * Makes an exception.
     *
     * @param reason that of DISCONNECT, or {@link #NO_REASON}
     */
    public SessionEndedException(String message, int reason) {
        super(message);
        this.reason = reason;
    }

    /** That of DISCONNECT, or {@link #NO_REASON}. */
    public int reason() {
        return reason;
    }
}
