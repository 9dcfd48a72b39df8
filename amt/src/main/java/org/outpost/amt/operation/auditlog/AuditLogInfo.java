package org.outpost.amt.operation.auditlog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of the audit log.
 *
 * @param state bits: 1 disabled, 2 locked, 4 almost full, 8 full, 10h no key
 * @param percentFree how much room is left
 * @param records how many there are
 * @param lastRecord when the last one was written
 */
public record AuditLogInfo(
        OptionalInt state, OptionalInt percentFree, long records, Optional<Instant> lastRecord) {}
