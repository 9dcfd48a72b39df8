package org.outpost.server.web;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessException;
import org.outpost.database.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every failure of the API as a problem document (RFC 9457) with a sentence that says what to do.
 * It bears the members {@code error}, {@code errorDescription} and {@code message} besides, where
 * clients of Open DMT's MPS look for that sentence.
 */
@RestControllerAdvice
final class Failures extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    @ExceptionHandler(AccessException.class)
    @Nullable ResponseEntity<Object> access(AccessException failure, WebRequest request) {
        HttpStatus status =
                switch (failure.reason()) {
                    case INVALID -> HttpStatus.BAD_REQUEST;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    case DENIED -> HttpStatus.FORBIDDEN;
                };
        return answer(failure, status, failure.getMessage(), request);
    }

    @ExceptionHandler(DatabaseException.class)
    @Nullable ResponseEntity<Object> database(DatabaseException failure, WebRequest request) {
        log.atWarn().addKeyValue("reason", failure.getMessage()).log("a request met no database");
        return answer(
                failure,
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer. It may or may not have been done: look before you"
                        + " try again, and look at the server's log.",
                request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
        log.atError().setCause(failure).log("a request failed");
        return answer(
                failure,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The server met an error of its own; its log tells more.",
                request);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception failure, HttpStatus status, String detail, WebRequest request) {
        return handleExceptionInternal(
                failure,
                ProblemDetail.forStatusAndDetail(status, detail),
                new HttpHeaders(),
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                failure,
                HttpStatus.BAD_REQUEST,
                "The body is no JSON document of the right form; see the description of the API at"
                        + " /api/v1/openapi.json.",
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String field =
                failure instanceof MethodArgumentTypeMismatchException mismatch
                        ? mismatch.getName()
                        : String.valueOf(failure.getPropertyName());
        return handleExceptionInternal(
                failure,
                Answers.invalid(
                                Invalid.inQuery(
                                        field, "Invalid value", String.valueOf(failure.getValue())))
                        .getBody(),
                headers,
                HttpStatus.BAD_REQUEST,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ResponseEntity<Object> answer =
                super.handleExceptionInternal(failure, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            String detail =
                    problem.getDetail() == null
                            ? String.valueOf(problem.getTitle())
                            : problem.getDetail();
            setIfAbsent(problem, "error", String.valueOf(problem.getTitle()));
            setIfAbsent(problem, "errorDescription", detail);
            setIfAbsent(problem, "message", detail);
        }
        return answer;
    }

    private static void setIfAbsent(ProblemDetail problem, String name, String value) {
        if (problem.getProperties() == null || !problem.getProperties().containsKey(name)) {
            problem.setProperty(name, value);
        }
    }
}
