package org.outpost.access.audit.verify;

import org.outpost.access.audit.AuditHash;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditReader;
import org.outpost.access.audit.AuditReader.Span;
import org.outpost.access.audit.AuditRow;
import org.outpost.access.audit.TrustedKeys;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Verifies the trail where it lies. Holds some hundred entries in memory. */
public final class AuditVerifier {
    private final AuditReader reader;
    private final TrustedKeys keys;

    /** Verifies what a reader reads. */
    public AuditVerifier(AuditReader reader, TrustedKeys keys) {
        this.reader = reader;
        this.keys = keys;
    }

    /**
     * Verifies what is kept. Blocks.
     *
     * @param durable the number of the last entry that is known to have been written, see {@link
     *     org.outpost.access.audit.AuditTrail#last}; 0 when nobody knows
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public Verification verify(long durable) {
        return verify(Span.ALL, durable);
    }

    /**
     * Verifies what comes behind the last checkpoint: what an unclean end left unsigned. Blocks.
     *
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public Verification verifyTail() {
        return verify(new Span(Long.MAX_VALUE, Long.MAX_VALUE), 0);
    }

    /**
     * Verifies a part, from the last checkpoint before it. Blocks.
     *
     * @param span which entries
     * @param durable see {@link #verify(long)}; counts when the span has no end before it
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public Verification verify(Span span, long durable) {
        ChainCheck check = new ChainCheck(keys);
        Optional<Span> kept = reader.kept().toCompletableFuture().join();
        long next = begin(span, kept, check);
        String previous =
                reader
                        .checkpoints(new Span(next - 1, next - 1))
                        .toCompletableFuture()
                        .join()
                        .stream()
                        .findFirst()
                        .map(Checkpoint::hash)
                        .orElse(AuditHash.NOTHING);
        while (next <= span.last() && !check.isBroken()) {
            List<AuditRow> rows =
                    reader.rows(new Span(next, span.last())).toCompletableFuture().join();
            if (rows.isEmpty()) {
                end(next, span, durable, check);
                break;
            }
            long last = rows.getLast().sequence();
            Deque<Checkpoint> checkpoints =
                    new ArrayDeque<>(
                            reader.checkpoints(new Span(next, last)).toCompletableFuture().join());
            for (AuditRow row : rows) {
                previous = accept(row, previous, check);
                while (!checkpoints.isEmpty()
                        && checkpoints.getFirst().sequence() <= row.sequence()) {
                    check.accept(checkpoints.removeFirst());
                }
            }
            next = last + 1;
        }
        return check.finish(false);
    }

    /** Finds where to begin: behind a checkpoint, or at the very first entry. */
    private long begin(Span span, Optional<Span> kept, ChainCheck check) {
        long first = kept.map(Span::first).orElse(1L);
        long wanted = Math.max(first, span.first());
        Optional<Checkpoint> anchor = reader.checkpointBefore(wanted).toCompletableFuture().join();
        if (anchor.isPresent() && anchor.get().sequence() >= first - 1) {
            long at = anchor.get().sequence();
            long last = kept.map(Span::last).orElse(0L);
            if (last < at) {
                check.fail(
                        Fault.CUT,
                        last + 1,
                        "entries " + (last + 1) + " to " + at + " were signed, and are missing");
            }
            check.accept(anchor.get());
            return at + 1;
        }
        if (first > 1) {
            check.fail(
                    Fault.NO_ANCHOR,
                    first - 1,
                    "entries up to "
                            + (first - 1)
                            + " are missing, and no checkpoint stands for them");
        }
        return first;
    }

    private static String accept(AuditRow row, String previous, ChainCheck check) {
        return switch (row) {
            case AuditRow.Good good -> {
                check.accept(good.after(previous));
                yield good.hash();
            }
            case AuditRow.Spoilt spoilt -> {
                check.fail(
                        Fault.MALFORMED,
                        spoilt.sequence(),
                        "entry " + spoilt.sequence() + " was spoilt: " + spoilt.reason());
                yield previous;
            }
        };
    }

    /** Looks for signs that there was more. */
    private void end(long next, Span span, long durable, ChainCheck check) {
        long signed =
                reader
                        .checkpoints(new Span(next, span.last()))
                        .toCompletableFuture()
                        .join()
                        .stream()
                        .mapToLong(Checkpoint::sequence)
                        .max()
                        .orElse(0);
        long known = Math.max(signed, Math.min(durable, span.last()));
        if (known >= next) {
            check.fail(
                    Fault.CUT,
                    next,
                    "entries "
                            + next
                            + " to "
                            + known
                            + " were written, and are missing at the end");
        }
    }
}
