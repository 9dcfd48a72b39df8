package org.outpost.access.audit;

import java.util.Locale;

/** What became of an action. */
public enum AuditResult {
    /** It was permitted and is about to be done; its outcome is an entry of its own. */
    ALLOWED,
    /** It was done. */
    DONE,
    /** It was not permitted. */
    DENIED,
    /** It was permitted and did not succeed; the status says why. */
    FAILED;

    /** How it is written in the database, in exports and in queries. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a {@link #label}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static AuditResult of(String label) {
        for (AuditResult result : values()) {
            if (result.label().equals(label)) {
                return result;
            }
        }
        throw new IllegalArgumentException(
                "\"" + label + "\" is no result: allowed, done, denied or failed");
    }
}
