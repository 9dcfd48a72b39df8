package org.outpost.access.audit;

/**
 * The trail cannot be written now, so what must not happen unrecorded must not happen. Callers who
 * asked first refuse the action (HTTP 503) and say that it may be tried again.
 */
public final class AuditUnavailableException extends RuntimeException {
    AuditUnavailableException(String message) {
        super(message);
    }

    AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
