package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** A subscriber did not acknowledge; the message says why, in words for the log. */
class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    /** What to make of it. */
    enum Kind {
        /** Nobody answered, or with a fault of its own: try again later. */
        UNAVAILABLE,
        /** It does not like what it was sent. */
        REJECTED,
        /** It says that it never wants anything again (410). */
        GONE
    }

    DeliveryException(Kind kind, String message, @Nullable Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    DeliveryException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.UNAVAILABLE;
        this.retryAfter = null;
    }

    /**
     * A fault of our own, in writing what is sent or in reading the answer. It may never go away,
     * so it counts as a rejection.
     */
    static DeliveryException fault(RuntimeException cause) {
        DeliveryException fault =
                new DeliveryException(Kind.REJECTED, "a fault of this server: " + cause, null);
        fault.initCause(cause);
        return fault;
    }

    Kind kind() {
        return kind;
    }

    /** When it wants to be asked again; null when it did not say. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
