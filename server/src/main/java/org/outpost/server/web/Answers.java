package org.outpost.server.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, on a request's virtual thread, for what the data plane answers; and words failures. */
public final class Answers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Answers() {}

    /**
     * Waits for an answer.
     *
     * @throws ErrorResponseException 503 when it does not come
     */
    public static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The register of devices does not answer; look at the server's log.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }

    /** A failure with a sentence for the person who asked. */
    public static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(
                status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** There is no such device, as far as this caller may know. */
    public static ErrorResponseException noDevice() {
        return problem(
                HttpStatus.NOT_FOUND,
                "No device has this UUID; list the known ones with: outpost device list");
    }

    /** A field that is not as it must be, told as the validators of Open DMT's MPS do. */
    public static ErrorResponseException invalid(Invalid... fields) {
        return Invalid.problem(List.of(fields));
    }

    /**
     * Reads a UUID of a path, in any notation of 36 characters.
     *
     * @throws ErrorResponseException 400 when it is none
     */
    public static UUID uuid(String field, String text) {
        if (text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                // told below, as any other text that is none
            }
        }
        throw invalid(Invalid.inPath(field, "Invalid value", text));
    }

    /**
     * Refuses a list that is too long, or has gaps.
     *
     * @param list null for one that was left out
     * @throws ErrorResponseException 400
     */
    public static void bounded(String field, @Nullable Collection<?> list, int most) {
        if (list == null) {
            return;
        }
        if (list.size() > most) {
            throw invalid(Invalid.inBody(field, "At most " + most + " entries"));
        }
        for (Object entry : list) {
            if (entry == null) {
                throw invalid(Invalid.inBody(field, "No entry may be null"));
            }
        }
    }

    /** The address of a client, as the servlet container tells it. */
    public static InetAddress address(String remote) {
        return InetAddress.ofLiteral(
                remote.startsWith("[") ? remote.substring(1, remote.length() - 1) : remote);
    }
}
