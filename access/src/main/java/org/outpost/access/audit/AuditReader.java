package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.database.Database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads the trail as it lies in the database. Stages fail with {@link
 * org.outpost.database.DatabaseException} when that cannot be read.
 */
public final class AuditReader {
    /** How many rows are in memory at once. */
    public static final int PIECE = 500;

    private final Database database;

    /**
     * Reads from a database that was migrated with {@link
     * org.outpost.access.AccessControl#MIGRATIONS}.
     */
    public AuditReader(Database database) {
        this.database = database;
    }

    /**
     * Numbers.
     *
     * @param first the lowest
     * @param last the highest
     */
    public record Span(long first, long last) {
        /** All there are. */
        public static final Span ALL = new Span(1, Long.MAX_VALUE);
    }

    /** Finds entries, the newest first. */
    public CompletionStage<AuditPage> find(AuditQuery query) {
        return database.read(handle -> new AuditSearch(query).run(handle));
    }

    /** The lowest and the highest number that are kept; empty when there are none. */
    public CompletionStage<Optional<Span>> kept() {
        return database.read(AuditTable::span);
    }

    /** The numbers of what happened from a time on and before another; empty when nothing did. */
    public CompletionStage<Optional<Span>> between(Instant from, Instant to) {
        return database.read(handle -> AuditTable.span(handle, from, to));
    }

    /** The first {@value #PIECE} rows of a span, in order. */
    public CompletionStage<List<AuditRow>> rows(Span span) {
        return database.read(handle -> AuditTable.rows(handle, span.first(), span.last(), PIECE));
    }

    /** The checkpoints of a span, in order. */
    public CompletionStage<List<Checkpoint>> checkpoints(Span span) {
        return database.read(handle -> AuditTable.checkpoints(handle, span.first(), span.last()));
    }

    /** The last checkpoint before an entry; empty when there is none. */
    public CompletionStage<Optional<Checkpoint>> checkpointBefore(long sequence) {
        return database.read(handle -> AuditTable.checkpointBefore(handle, sequence));
    }

    /**
     * Whether any checkpoint was ever signed: then a signing key that is missing was lost. Blocks.
     */
    public boolean isSigned() {
        return database.read(AuditTable::lastCheckpoint).toCompletableFuture().join().isPresent();
    }
}
