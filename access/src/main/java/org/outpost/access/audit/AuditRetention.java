package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes old entries away, from one checkpoint to the next, so that the chain can be verified at any
 * moment: the last checkpoint stands for what was before it. That it happens is recorded first, as
 * {@code audit.expire}.
 */
public final class AuditRetention {
    private static final Logger log = LoggerFactory.getLogger(AuditRetention.class);

    private final Database database;
    private final AuditTrail trail;
    private final Duration keep;
    private final InstantSource time;

    /**
     * Sets up.
     *
     * @param keep how long entries are kept; zero for ever
     */
    public AuditRetention(Database database, AuditTrail trail, Duration keep, InstantSource time) {
        this.database = database;
        this.trail = trail;
        this.keep = keep;
        this.time = time;
    }

    /**
     * Goes once; to be called every hour or so. Completes with how many entries were taken away.
     */
    public CompletionStage<Long> run() {
        if (!keep.isPositive()) {
            return CompletableFuture.completedFuture(0L);
        }
        return database.read(
                        handle ->
                                AuditTable.lastCheckpointBefore(handle, time.instant().minus(keep))
                                        .filter(last -> AuditTable.isAnyUpTo(handle, last)))
                .thenCompose(last -> last.map(this::expire).orElse(none()));
    }

    private static CompletionStage<Long> none() {
        return CompletableFuture.completedFuture(0L);
    }

    private CompletionStage<Long> expire(Checkpoint last) {
        AuditDraft what =
                AuditDraft.of(Actor.SYSTEM, "", "audit.expire")
                        .with(AuditResult.ALLOWED, "")
                        .detail("up-to", Long.toString(last.sequence()))
                        .detail("keep-days", Long.toString(keep.toDays()));
        return trail.recordFirst(what)
                .thenCompose(_ -> forget(0, last))
                .thenApply(
                        count -> {
                            log.atInfo()
                                    .addKeyValue("entries", count)
                                    .addKeyValue("up-to", last.sequence())
                                    .log("old entries of the audit trail were taken away");
                            return count;
                        });
    }

    /** One stretch between checkpoints at a time, so that nobody waits long for the writer. */
    private CompletionStage<Long> forget(long done, Checkpoint last) {
        return database.read(handle -> AuditTable.nextToForget(handle, last.sequence()))
                .thenCompose(
                        (Optional<Long> next) ->
                                next.isEmpty()
                                        ? CompletableFuture.completedFuture(done)
                                        : database.write(
                                                        handle ->
                                                                AuditTable.forget(
                                                                        handle, next.get()))
                                                .thenCompose(count -> forget(done + count, last)));
    }
}
