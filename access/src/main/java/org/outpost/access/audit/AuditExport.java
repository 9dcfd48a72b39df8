package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditLine.Header;
import org.outpost.access.audit.AuditLine.Hidden;
import org.outpost.access.audit.AuditReader.Span;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/**
 * Writes a part of the trail as JSON lines that can be verified elsewhere: a header, the checkpoint
 * before the first entry if there is one, entries with the checkpoints behind them, and a seal that
 * signs it all. Holds some hundred entries in memory, and no connection of the database while it
 * writes.
 */
public final class AuditExport {
    private final AuditReader reader;
    private final SigningKeys keys;
    private final InstantSource time;

    /** Exports what a reader reads. */
    public AuditExport(AuditReader reader, SigningKeys keys, InstantSource time) {
        this.reader = reader;
        this.keys = keys;
        this.time = time;
    }

    /**
     * Exports what happened in a span of time. Blocks, as {@link #write}.
     *
     * @param from the first moment
     * @param to the moment after the last
     * @return how many entries were written
     */
    public long write(Instant from, Instant to, Set<String> tenants, OutputStream out)
            throws IOException, AuditDamagedException {
        Span span = reader.between(from, to).toCompletableFuture().join().orElse(new Span(1, 0));
        return write(span, tenants, out);
    }

    /**
     * Exports. Blocks for as long as the output takes.
     *
     * @param span which entries; what is not kept any more is left out
     * @param tenants whose entries are shown: others' are hidden behind their digest, so that the
     *     chain can be checked all the same; empty to show all
     * @param out stays the caller's to close
     * @return how many entries were written, hidden ones included
     * @throws IOException when the output takes no more
     * @throws AuditDamagedException when the database holds what is no entry
     * @throws CompletionException when the database cannot be read
     */
    public long write(Span span, Set<String> tenants, OutputStream out)
            throws IOException, AuditDamagedException {
        Lines lines = new Lines(out);
        lines.add(new Header(now(), new TreeSet<>(tenants)));
        Span kept = reader.kept().toCompletableFuture().join().orElse(new Span(1, 0));
        Span wanted =
                new Span(Math.max(span.first(), kept.first()), Math.min(span.last(), kept.last()));
        long entries = wanted.first() > wanted.last() ? 0 : entries(wanted, tenants, lines);
        lines.seal();
        return entries;
    }

    private long entries(Span wanted, Set<String> tenants, Lines lines)
            throws IOException, AuditDamagedException {
        String previous = before(wanted.first(), lines);
        long entries = 0;
        long next = wanted.first();
        while (next <= wanted.last()) {
            List<AuditRow> rows =
                    reader.rows(new Span(next, wanted.last())).toCompletableFuture().join();
            if (rows.isEmpty()) {
                break;
            }
            long last = rows.getLast().sequence();
            Deque<Checkpoint> checkpoints =
                    new ArrayDeque<>(
                            reader.checkpoints(new Span(next, last)).toCompletableFuture().join());
            for (AuditRow row : rows) {
                Entry entry = good(row).after(previous);
                boolean shown = tenants.isEmpty() || tenants.contains(entry.what().tenant());
                lines.add(shown ? entry : Hidden.of(entry));
                entries++;
                previous = entry.hash();
                while (!checkpoints.isEmpty()
                        && checkpoints.getFirst().sequence() <= entry.sequence()) {
                    lines.add(checkpoints.removeFirst());
                }
            }
            next = last + 1;
        }
        return entries;
    }

    /** What the first entry follows, with its checkpoint if there is one. */
    private String before(long first, Lines lines) throws IOException, AuditDamagedException {
        if (first == 1) {
            return AuditHash.NOTHING;
        }
        Span one = new Span(first - 1, first - 1);
        List<Checkpoint> anchor = reader.checkpoints(one).toCompletableFuture().join();
        if (!anchor.isEmpty()) {
            lines.add(anchor.getFirst());
        }
        List<AuditRow> row = reader.rows(one).toCompletableFuture().join();
        if (!row.isEmpty()) {
            return good(row.getFirst()).hash();
        }
        if (anchor.isEmpty()) {
            throw new AuditDamagedException(
                    "the entry before entry "
                            + first
                            + " is missing, and no checkpoint stands for it: verify the trail");
        }
        return anchor.getFirst().hash();
    }

    private static AuditRow.Good good(AuditRow row) throws AuditDamagedException {
        return switch (row) {
            case AuditRow.Good good -> good;
            case AuditRow.Spoilt spoilt ->
                    throw new AuditDamagedException(
                            "entry "
                                    + spoilt.sequence()
                                    + " was spoilt in the database ("
                                    + spoilt.reason()
                                    + "): verify the trail, and export what lies before and behind"
                                    + " it");
        };
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The lines of one export. */
    private final class Lines {
        private final OutputStream out;
        private final MessageDigest digest = AuditHash.newSha256();
        private long count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(AuditLine line) throws IOException {
            byte[] bytes = (AuditJson.write(line) + '\n').getBytes(StandardCharsets.UTF_8);
            digest.update(bytes);
            count++;
            out.write(bytes);
        }

        void seal() throws IOException {
            add(keys.seal(count, HexFormat.of().formatHex(digest.digest()), now()));
            out.flush();
        }
    }
}
