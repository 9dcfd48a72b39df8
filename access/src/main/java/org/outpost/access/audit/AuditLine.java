package org.outpost.access.audit;

import java.time.Instant;
import java.util.SortedSet;

/** A line of an export, and what copies of the trail are made of. */
public sealed interface AuditLine {
    /** A place in the chain: an entry, or what may be shown of one. */
    sealed interface Link extends AuditLine {
        /** Its number: 1, 2, 3 … without a gap. */
        long sequence();

        /** The hash of the entry before it; 64 zeros for the first. */
        String previous();

        /** SHA-256 of what the entry says, in lower-case hexadecimal. */
        String digest();

        /** SHA-256 over {@link #previous} and {@link #digest}, in lower-case hexadecimal. */
        String hash();
    }

    /**
     * An entry.
     *
     * @param sequence its number
     * @param time when it happened, in UTC, to the millisecond
     * @param what happened
     * @param salt 16 random bytes in hexadecimal, so that nobody finds by trial what a {@link
     *     Hidden} stands for
     * @param previous the hash of the entry before it
     * @param hash its own
     */
    record Entry(
            long sequence, Instant time, AuditDraft what, String salt, String previous, String hash)
            implements Link {
        @Override
        public String digest() {
            return AuditHash.digest(sequence, time, what, salt);
        }
    }

    /**
     * An entry of another tenant: enough to check the chain with, and nothing of what it says.
     *
     * @param sequence its number
     * @param digest SHA-256 of what it says
     * @param previous the hash of the entry before it
     * @param hash its own
     */
    record Hidden(long sequence, String digest, String previous, String hash) implements Link {
        /** Hides an entry. */
        public static Hidden of(Entry entry) {
            return new Hidden(entry.sequence(), entry.digest(), entry.previous(), entry.hash());
        }
    }

    /**
     * A signed statement: at this time the entry with this number had this hash.
     *
     * @param sequence the entry's number
     * @param hash the entry's hash
     * @param time when it was signed, to the millisecond
     * @param key which key signed, see {@link SigningKeys#id}
     * @param signature Ed25519 (RFC 8032) in Base64
     */
    record Checkpoint(long sequence, String hash, Instant time, String key, String signature)
            implements AuditLine {}

    /**
     * The first line of an export.
     *
     * @param time when it was made, to the millisecond
     * @param tenants whose entries are shown; empty for all
     */
    record Header(Instant time, SortedSet<String> tenants) implements AuditLine {}

    /**
     * The last line of an export, which signs all lines before it.
     *
     * @param lines how many those are
     * @param sha256 over their bytes, line ends included, in lower-case hexadecimal
     * @param time when it was signed, to the millisecond
     * @param key which key signed
     * @param signature Ed25519 in Base64
     */
    record Seal(long lines, String sha256, Instant time, String key, String signature)
            implements AuditLine {}
}
