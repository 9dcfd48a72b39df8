package org.outpost.server.trust;

import org.jspecify.annotations.Nullable;

/** A responder gave no answer that says anything; the message tells why. */
final class OcspException extends Exception {
    private static final long serialVersionUID = 1L;

    OcspException(String message) {
        this(message, null);
    }

    OcspException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
