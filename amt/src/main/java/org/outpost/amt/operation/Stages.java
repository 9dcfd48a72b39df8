package org.outpost.amt.operation;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ways to put calls together. */
public final class Stages {
    private Stages() {}

    /** Empty where this AMT has no such class: older and smaller ones lack many. */
    public static <T> CompletionStage<Optional<T>> ifSupported(CompletionStage<T> call) {
        return call.thenApply(Optional::of)
                .exceptionallyCompose(
                        thrown ->
                                AmtException.failureOf(thrown)
                                                .filter(
                                                        failure ->
                                                                failure
                                                                        instanceof
                                                                        AmtFailure.Unsupported)
                                                .isPresent()
                                        ? CompletableFuture.completedStage(Optional.empty())
                                        : CompletableFuture.failedStage(thrown));
    }

    /** An empty list where this AMT has no such class. */
    public static <T> CompletionStage<List<T>> listIfSupported(CompletionStage<List<T>> call) {
        return ifSupported(call).thenApply(found -> found.orElse(List.of()));
    }

    /** All results in order; the first failure fails the whole. */
    public static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletionStage<List<T>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (CompletionStage<T> stage : stages) {
            all =
                    all.thenCombine(
                            stage,
                            (list, value) -> {
                                list.add(value);
                                return list;
                            });
        }
        return all;
    }
}
