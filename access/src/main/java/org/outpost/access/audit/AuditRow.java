package org.outpost.access.audit;

import java.time.Instant;

/**
 * A row of the trail as the database gives it, which is to be believed only after it was checked.
 */
public sealed interface AuditRow {
    /** Its number. */
    long sequence();

    /**
     * A row that can be an entry.
     *
     * @param sequence its number
     * @param time when
     * @param what happened
     * @param salt see {@link AuditLine.Entry}
     * @param hash as it stands in the row
     */
    record Good(long sequence, Instant time, AuditDraft what, String salt, String hash)
            implements AuditRow {
        /** The entry that it is behind another. */
        public AuditLine.Entry after(String previous) {
            return new AuditLine.Entry(sequence, time, what, salt, previous, hash);
        }
    }

    /**
     * A row that cannot be one.
     *
     * @param sequence its number
     * @param reason why, in words
     */
    record Spoilt(long sequence, String reason) implements AuditRow {}
}
