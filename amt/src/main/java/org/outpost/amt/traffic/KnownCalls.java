package org.outpost.amt.traffic;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers reads from what is kept, asks nobody, and notes how old the oldest answer is. */
final class KnownCalls implements AmtCalls {
    /** Something was asked for that has never been read. */
    static final class NotKnownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKnownException() {
            super("not known", null, false, false);
        }
    }

    private final Facts facts;
    private @Nullable Instant oldest;

    KnownCalls(Facts facts) {
        this.facts = facts;
    }

    @Override
    public <T> CompletionStage<T> call(AmtCall<T> call) {
        Optional<LastKnown<T>> known = facts.find(call);
        if (known.isEmpty()) {
            return CompletableFuture.failedStage(new NotKnownException());
        }
        Instant readAt = known.get().readAt();
        if (oldest == null || readAt.isBefore(oldest)) {
            oldest = readAt;
        }
        return CompletableFuture.completedStage(known.get().value());
    }

    Optional<Instant> oldest() {
        return Optional.ofNullable(oldest);
    }
}
