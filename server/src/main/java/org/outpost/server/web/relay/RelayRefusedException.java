package org.outpost.server.web.relay;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;

/** A WebSocket is not let in. */
final class RelayRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable Caller caller;

    /**
     * A refusal.
     *
     * @param status of HTTP
     * @param reason for the log and for clients that show it
     */
    RelayRefusedException(int status, String reason) {
        this(status, reason, null);
    }

    /** The same, of somebody who is known. */
    RelayRefusedException(int status, String reason, @Nullable Caller caller) {
        super(reason);
        this.status = status;
        this.caller = caller;
    }

    int status() {
        return status;
    }

    /** Whether a right is missing; otherwise something else was in the way. */
    boolean isDenied() {
        return status == HttpStatus.FORBIDDEN_403;
    }

    /** Who it was; null when that is not known. */
    @Nullable Caller caller() {
        return caller;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
