package org.outpost.access.audit;

import org.jdbi.v3.core.Handle;
import org.outpost.access.audit.AuditLine.Checkpoint;

import java.util.Optional;

/**
 * Where the chain goes on.
 *
 * @param sequence of the last entry; 0 before the first
 * @param hash of the last entry
 * @param signed the sequence of the last checkpoint; 0 when there is none
 */
record ChainHead(long sequence, String hash, long signed) {
    /**
     * Reads it. Where the last checkpoint is ahead of the last entry, entries were taken away; the
     * chain then goes on behind the checkpoint, so that the gap stays to be seen.
     */
    static ChainHead read(Handle handle) {
        Optional<Checkpoint> checkpoint = AuditTable.lastCheckpoint(handle);
        long signed = checkpoint.map(Checkpoint::sequence).orElse(0L);
        Optional<AuditRow> last = AuditTable.lastRow(handle);
        if (last.isEmpty() || last.get().sequence() < signed) {
            return new ChainHead(
                    signed, checkpoint.map(Checkpoint::hash).orElse(AuditHash.NOTHING), signed);
        }
        return switch (last.get()) {
            case AuditRow.Good row -> new ChainHead(row.sequence(), row.hash(), signed);
            case AuditRow.Spoilt row ->
                    new ChainHead(
                            row.sequence(),
                            AuditTable.storedHash(handle, row.sequence()).orElse(AuditHash.NOTHING),
                            signed);
        };
    }

    ChainHead after(AuditLine.Entry entry) {
        return new ChainHead(entry.sequence(), entry.hash(), signed);
    }

    ChainHead signed(Checkpoint checkpoint) {
        return new ChainHead(sequence, hash, checkpoint.sequence());
    }

    /** How many entries no checkpoint stands for. */
    long unsigned() {
        return sequence - signed;
    }
}
