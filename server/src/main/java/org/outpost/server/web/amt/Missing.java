package org.outpost.server.web.amt;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What older firmware does not have. */
final class Missing {
    private Missing() {}

    /** The result; or another where this AMT has no such class. */
    static <T> CompletionStage<T> orElse(CompletionStage<T> read, T otherwise) {
        return read.exceptionallyCompose(
                thrown ->
                        AmtException.failureOf(thrown)
                                        .filter(AmtFailure.Unsupported.class::isInstance)
                                        .isPresent()
                                ? CompletableFuture.completedStage(otherwise)
                                : CompletableFuture.failedStage(thrown));
    }
}
