package org.outpost.server.trust;

import org.jspecify.annotations.Nullable;

/** A responder gave no answer that says anything; the message tells why. */
final class OcspException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    OcspException(String message) {
        this(message, null);
    }

    OcspException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private OcspException(String message, @Nullable Throwable cause, boolean unreachable) {
        super(message, cause);
        this.unreachable = unreachable;
    }

    /** The responder itself cannot be talked to, whatever it is asked. */
    static OcspException unreachable(String message, @Nullable Throwable cause) {
        return new OcspException(message, cause, true);
    }

    /** Whether it is the responder that fails, rather than this one question. */
    boolean isUnreachable() {
        return unreachable;
    }
}
