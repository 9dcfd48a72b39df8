package org.outpost.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A field of a request that is not as it must be: in the form in which Open DMT's MPS tells it
 * (express-validator), which its clients show.
 *
 * @param type always {@code field}
 * @param value what was sent; never of a secret field
 * @param msg what is wrong
 * @param path the field
 * @param location {@code body}, {@code query} or {@code params}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Invalid(
        String type, @Nullable Object value, String msg, String path, String location) {
    private static final int SHOWN = 100;

    /** A field of the body, without what it held. */
    public static Invalid inBody(String path, String message) {
        return new Invalid("field", null, message, path, "body");
    }

    /** A parameter of the query. */
    public static Invalid inQuery(String path, String message, @Nullable String value) {
        return new Invalid("field", shown(value), message, path, "query");
    }

    /** A part of the path. */
    public static Invalid inPath(String path, String message, String value) {
        return new Invalid("field", shown(value), message, path, "params");
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    static ErrorResponseException problem(List<Invalid> fields) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.BAD_REQUEST,
                        fields.stream()
                                .map(field -> field.path() + ": " + field.msg())
                                .collect(Collectors.joining("; ")));
        problem.setProperty("errors", fields);
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }
}
