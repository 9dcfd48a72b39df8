package org.outpost.access.audit;

/** The trail in the database is damaged so that it cannot be exported; verifying it tells where. */
public final class AuditDamagedException extends Exception {
    AuditDamagedException(String message) {
        super(message);
    }
}
