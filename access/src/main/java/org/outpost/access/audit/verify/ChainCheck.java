package org.outpost.access.audit.verify;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditHash;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Link;
import org.outpost.access.audit.TrustedKeys;
import org.outpost.access.audit.verify.Verification.Broken;
import org.outpost.access.audit.verify.Verification.Sound;

import java.util.Optional;

/**
 * Follows a chain from its first entry on, and holds at the first fault. Takes no more memory for a
 * long one. For one thread.
 */
public final class ChainCheck {
    private final TrustedKeys keys;
    private long line;
    private long first;
    private long last;
    private long entries;
    private long signed;

    /** The hash of the last entry; null before the first, when nothing stands before it. */
    private @Nullable String hash;

    private @Nullable Checkpoint anchor;
    private @Nullable Broken broken;

    /** The entry that is missing, until it is found somewhere else; 0 when none is. */
    private long missing;

    /** Begins; the first entry's {@code previous} is believed, unless an anchor comes before it. */
    public ChainCheck(TrustedKeys keys) {
        this.keys = keys;
    }

    /** Says which line comes next, for what is reported. */
    public void atLine(long number) {
        line = number;
    }

    /** Whether something is wrong already; what comes may still tell what it is. */
    public boolean isBroken() {
        return broken != null;
    }

    /** The number that the next entry should have. */
    public long expected() {
        return hash == null && anchor == null ? 1 : last + 1;
    }

    /** Takes the next entry. */
    public void accept(Link link) {
        if (broken != null) {
            if (missing > 0 && link.sequence() == missing) {
                broken =
                        new Broken(
                                Fault.REORDERED,
                                missing,
                                broken.line(),
                                "entry " + missing + " stands behind entries that came after it");
                missing = 0;
            }
            return;
        }
        if (hash != null && link.sequence() > last + 1) {
            missing = last + 1;
            fail(Fault.REMOVED, missing, missing(missing, link.sequence() - 1));
        } else if (hash != null && link.sequence() <= last) {
            fail(Fault.INSERTED, link.sequence(), "a second entry " + link.sequence());
        } else if (hash != null && !link.previous().equals(hash)) {
            fail(
                    Fault.CHANGED,
                    link.sequence(),
                    "entry " + link.sequence() + " does not follow the one before it");
        } else if (!AuditHash.chain(link.previous(), link.digest()).equals(link.hash())) {
            fail(
                    Fault.CHANGED,
                    link.sequence(),
                    "entry " + link.sequence() + " is not what was written: its hash does not fit");
        } else if (link.sequence() == 1 && !link.previous().equals(AuditHash.NOTHING)) {
            fail(Fault.CHANGED, 1, "the first entry names one before it");
        } else if (link.sequence() < 1) {
            fail(Fault.MALFORMED, link.sequence(), "entries are numbered from 1");
        } else {
            if (entries == 0) {
                first = link.sequence();
            }
            entries++;
            last = link.sequence();
            hash = link.hash();
        }
    }

    /** Takes a checkpoint, which stands behind its entry, or before the first as its anchor. */
    public void accept(Checkpoint checkpoint) {
        if (broken != null) {
            return;
        }
        long at = checkpoint.sequence();
        switch (keys.check(checkpoint)) {
            case UNKNOWN_KEY ->
                    fail(
                            Fault.UNKNOWN_KEY,
                            at,
                            "the checkpoint at entry "
                                    + at
                                    + " was signed by the key "
                                    + checkpoint.key()
                                    + ", which was not given to verify with");
            case BAD ->
                    fail(Fault.BAD_SIGNATURE, at, "the checkpoint at entry " + at + " is forged");
            case GOOD -> follow(checkpoint, at);
        }
    }

    private void follow(Checkpoint checkpoint, long at) {
        if (hash == null) {
            anchor = checkpoint;
            last = at;
            hash = checkpoint.hash();
            signed = at;
        } else if (at > last) {
            fail(Fault.REMOVED, last + 1, missing(last + 1, at) + ", which were signed");
        } else if (at < last) {
            fail(Fault.REORDERED, at, "the checkpoint at entry " + at + " stands elsewhere");
        } else if (!checkpoint.hash().equals(hash)) {
            fail(
                    Fault.REWRITTEN,
                    signed + 1,
                    "entries "
                            + (signed + 1)
                            + " to "
                            + at
                            + " are not those that were signed: one of them was changed, and the"
                            + " hashes after it");
        } else {
            signed = at;
        }
    }

    private static String missing(long from, long to) {
        return from == to
                ? "entry " + from + " is missing"
                : "entries " + from + " to " + to + " are missing";
    }

    /** Something that only who reads can see is wrong at the next entry. */
    public void fail(Fault fault, long sequence, String reason) {
        if (broken == null) {
            broken = new Broken(fault, sequence, line, reason);
        }
    }

    /** The checkpoint that stood before the first entry. */
    Optional<Checkpoint> anchor() {
        return Optional.ofNullable(anchor);
    }

    /** The number of the last good entry. */
    public long last() {
        return last;
    }

    /**
     * Ends.
     *
     * @param sealed whether a signature stands for the whole
     */
    public Verification finish(boolean sealed) {
        if (broken != null) {
            return broken;
        }
        return new Sound(first, entries == 0 ? 0 : last, entries, signed, sealed);
    }
}
