package org.outpost.amt.redirection;

import org.jspecify.annotations.Nullable;

/** A redirection session could not be opened. */
public final class RedirectionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RedirectionFailure failure;

    /** The failure and nothing more to say. */
    public RedirectionException(RedirectionFailure failure) {
        this(failure, null, null);
    }

    /** The failure with what was seen, which must hold no secret and no raw text of the device. */
    public RedirectionException(
            RedirectionFailure failure, @Nullable String detail, @Nullable Throwable cause) {
        super(detail == null ? failure.text() : failure.text() + " (" + detail + ")", cause);
        this.failure = failure;
    }

    /** Why. */
    public RedirectionFailure failure() {
        return failure;
    }
}
