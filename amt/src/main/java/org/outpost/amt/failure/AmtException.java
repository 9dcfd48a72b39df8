package org.outpost.amt.failure;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Carries an {@link AmtFailure} through a {@code CompletionStage}. It has no stack trace: where it
 * was made says nothing, what it carries says all.
 */
public final class AmtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AmtFailure failure;

    /**
     * Wraps a failure.
     *
     * @param failure what happened
     */
    public AmtException(AmtFailure failure) {
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    /** What happened. */
    public AmtFailure failure() {
        return failure;
    }

    /**
     * The failure inside what a stage completed with; empty when it is something else, which is
     * then a fault of ours.
     */
    public static Optional<AmtFailure> failureOf(@Nullable Throwable thrown) {
        @Nullable Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AmtException amt ? Optional.of(amt.failure()) : Optional.empty();
    }
}
