package org.outpost.server.certificate;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot show who it is, or cannot speak the TLS it is asked to. The message is one
 * sentence for the operator: which file, what is wrong, and what to do.
 */
public final class IdentityException extends Exception {
    /** What is wrong, and what to do. */
    public IdentityException(String message) {
        this(message, null);
    }

    /** The same, with what lies behind it. */
    public IdentityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
