package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditQueue.Waiting;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes of what waits the next piece of the chain. For one thread. */
final class ChainWork {
    private static final int BATCH = 500;
    private static final int SALT_BYTES = 16;

    private final AuditQueue queue;
    private final SigningKeys keys;
    private final int checkpointEvery;
    private final SecureRandom random = new SecureRandom();

    ChainWork(AuditQueue queue, SigningKeys keys, int checkpointEvery) {
        this.queue = queue;
        this.keys = keys;
        this.checkpointEvery = checkpointEvery;
    }

    /**
     * What a write holds.
     *
     * @param waiting who waits for it, in the order of the entries
     * @param signed stands for the last entry
     */
    record Batch(List<Waiting> waiting, List<Entry> entries, @Nullable Checkpoint signed) {
        boolean isEmpty() {
            return entries.isEmpty() && signed == null;
        }

        /** Where the chain goes on behind it. */
        ChainHead end(ChainHead head) {
            ChainHead end = entries.isEmpty() ? head : head.after(entries.getLast());
            return signed == null ? end : end.signed(signed);
        }
    }

    /**
     * Takes what waits, up to the next checkpoint.
     *
     * @param checkpoint whether one is due however few entries there are
     */
    Batch next(ChainHead head, boolean checkpoint, Instant now) {
        long most = Math.min(BATCH, Math.max(1, checkpointEvery - head.unsigned()));
        List<Waiting> waiting = new ArrayList<>(queue.take((int) most));
        long lost = waiting.size() < most ? queue.takeLost() : 0;
        if (lost > 0) {
            waiting.add(loss(lost, now));
        }
        List<Entry> entries = new ArrayList<>();
        ChainHead end = head;
        for (Waiting one : waiting) {
            end = link(entries, end, one.time(), one.what(), salt());
        }
        boolean due = end.unsigned() >= checkpointEvery || (end.unsigned() > 0 && checkpoint);
        return new Batch(
                waiting, entries, due ? keys.checkpoint(end.sequence(), end.hash(), now) : null);
    }

    /** The same behind another end of the chain. */
    static Batch again(Batch batch, ChainHead head) {
        List<Entry> entries = new ArrayList<>();
        ChainHead end = head;
        for (Entry old : batch.entries()) {
            end = link(entries, end, old.time(), old.what(), old.salt());
        }
        return new Batch(batch.waiting(), entries, null);
    }

    private static ChainHead link(
            List<Entry> entries, ChainHead end, Instant time, AuditDraft what, String salt) {
        Entry entry = AuditHash.entry(end.sequence() + 1, time, what, salt, end.hash());
        entries.add(entry);
        return end.after(entry);
    }

    private static Waiting loss(long lost, Instant now) {
        AuditDraft what =
                AuditDraft.of(Actor.SYSTEM, "", "audit.lost")
                        .with(AuditResult.FAILED, "no room in memory")
                        .detail("entries", Long.toString(lost));
        return Waiting.of(what, now, false);
    }

    private String salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
