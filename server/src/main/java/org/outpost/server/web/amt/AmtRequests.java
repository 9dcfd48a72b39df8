package org.outpost.server.web.amt;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.traffic.CallOptions;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.server.web.Answers;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks a device on behalf of a request, whose virtual thread waits for the answer. */
final class AmtRequests {
    /** An operation makes several calls, each with a deadline of its own. */
    private static final int CALLS = 8;

    private final AmtDevices devices;

    AmtRequests(AmtDevices devices) {
        this.devices = devices;
    }

    /**
     * Carries an operation out.
     *
     * @param guid the device, as the path names it
     * @param operation what to ask
     * @throws ErrorResponseException when there is no such device, it is not connected, or the
     *     operation fails
     */
    <T> T ask(String guid, Function<AmtCalls, CompletionStage<T>> operation) {
        return requireAnswer(maybe(guid, operation.andThen(AmtRequests::present)));
    }

    private static <T> CompletionStage<Optional<T>> present(CompletionStage<T> stage) {
        return stage.thenApply(Optional::of);
    }

    private static <T> T requireAnswer(Optional<T> answer) {
        return answer.orElseThrow(() -> new IllegalStateException("an operation without a result"));
    }

    /** As {@link #ask}, where the answer may be missing. */
    <T> Optional<T> maybe(String guid, Function<AmtCalls, CompletionStage<Optional<T>>> operation) {
        UUID device = reachable(guid);
        AmtCalls calls = devices.officer(device).calls(CallOptions.interactive(devices.timeout()));
        CompletableFuture<Optional<T>> running;
        try {
            running = operation.apply(calls).toCompletableFuture();
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        Duration patience = devices.timeout().multipliedBy(CALLS);
        try {
            return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw problem(device, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            throw AmtProblems.of(device, new AmtFailure.TimedOut(patience, true));
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw Answers.problem(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }

    /** The device that a path names, when it can be asked. */
    UUID reachable(String guid) {
        UUID device = Answers.uuid("guid", guid);
        return switch (Answers.await(devices.reach(device))) {
            case REACHABLE -> device;
            case OFFLINE -> throw AmtProblems.offline(device);
            case UNKNOWN -> throw Answers.noDevice();
        };
    }

    private static RuntimeException problem(UUID device, Throwable thrown) {
        Optional<AmtFailure> failure = AmtException.failureOf(thrown);
        if (failure.isPresent()) {
            return AmtProblems.of(device, failure.get());
        }
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case ErrorResponseException known -> known;
            case IllegalArgumentException wrong -> wrong(wrong);
            default -> new IllegalStateException("an operation on a device failed", cause);
        };
    }

    /** Operations check what they are given, in words for a person. */
    private static ErrorResponseException wrong(IllegalArgumentException e) {
        String words = String.valueOf(e.getMessage());
        return Answers.problem(
                HttpStatus.BAD_REQUEST,
                Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".");
    }
}
