package org.outpost.amt.operation;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether the device said that it did what was asked. */
public enum Confirmation {
    /** It said so. */
    CONFIRMED,
    /** Its answer was lost, as it may be where the change takes the network away. */
    UNCONFIRMED;

    /**
     * For changes that make the network disappear (wsman.md section 1.2): an answer that was lost
     * after the request was sent is no failure.
     *
     * @param change the change
     */
    public static CompletionStage<Confirmation> unlessLost(CompletionStage<?> change) {
        return change.<Confirmation>thenApply(done -> CONFIRMED)
                .exceptionallyCompose(
                        thrown ->
                                AmtException.failureOf(thrown)
                                                .filter(Confirmation::lost)
                                                .isPresent()
                                        ? CompletableFuture.completedStage(UNCONFIRMED)
                                        : CompletableFuture.failedStage(thrown));
    }

    private static boolean lost(AmtFailure failure) {
        return switch (failure) {
            case AmtFailure.ConnectionLost lost -> lost.sent();
            case AmtFailure.TimedOut late -> late.sent();
            default -> false;
        };
    }
}
