package org.outpost.amt.operation.auditlog;

import java.util.List;

/**
 * Some records of the audit log.
 *
 * @param total how many records the log has
 * @param records the records, the newest first
 */
public record AuditPage(long total, List<AuditRecord> records) {
    /** Copies the list. */
    public AuditPage {
        records = List.copyOf(records);
    }
}
