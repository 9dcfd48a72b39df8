package org.outpost.access.audit.verify;

/** What is wrong with a trail. */
public enum Fault {
    /** The entry does not say what was hashed, or its hash is another. */
    CHANGED,
    /**
     * Entries were made up after a checkpoint: their hashes fit each other, and not what was
     * signed.
     */
    REWRITTEN,
    /** Entries are missing. */
    REMOVED,
    /** A number occurs twice. */
    INSERTED,
    /** Entries are not in their order. */
    REORDERED,
    /** The end is missing. */
    CUT,
    /** The beginning is missing, and no checkpoint stands for it. */
    NO_ANCHOR,
    /** A signature is not the key's. */
    BAD_SIGNATURE,
    /** The key that signed is not among those that were given to verify with. */
    UNKNOWN_KEY,
    /** A line or a row is none of a trail. */
    MALFORMED
}
