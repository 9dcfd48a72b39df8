package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditQueue.Waiting;
import org.outpost.access.audit.ChainWork.Batch;
import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes the audit trail: one chain, one writer. Entries are taken from any thread, event loops
 * included, without waiting; those that come while a write is under way share the next one. Each
 * entry's hash covers the one before it ({@link AuditHash}); after some entries, after some time
 * and at the end a checkpoint is signed ({@link SigningKeys}).
 *
 * <p>While the database is away, entries wait in bounded memory and are written when it is back.
 * What there is no room for is lost, counted, and told by an entry {@code audit.lost}. What must
 * not happen unrecorded asks {@link #recordFirst}, which fails at once then.
 *
 * <p>Stages complete on the trail's own thread: whoever follows them must not block.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 2_000;
    private static final long CLOSE_SECONDS = 8;
    private static final int CLOSE_FAILURES = 4;
    private static final long LOSS_LOG_NANOS = Duration.ofMinutes(1).toNanos();

    private final Database database;
    private final AuditSettings settings;
    private final List<AuditSink> sinks;
    private final InstantSource time;
    private final AuditQueue queue;
    private final ChainWork work;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-audit").daemon().factory());
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    // Only the trail's thread touches these.
    private boolean checkpointDue;
    private boolean closing;
    private long toldLost;
    private long toldAt;
    private int failures;

    /** What is under way; kept until it is written. */
    private volatile @Nullable Batch writing;

    private volatile ChainHead head;
    private volatile boolean failing;

    /**
     * Reads where the chain ended, and goes on from there. Blocks.
     *
     * @param database migrated with {@link org.outpost.access.AccessControl#MIGRATIONS}; stays the
     *     caller's to close
     * @param sinks get copies; closed with this
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public AuditTrail(
            Database database,
            SigningKeys keys,
            AuditSettings settings,
            List<AuditSink> sinks,
            InstantSource time) {
        this.database = database;
        this.settings = settings;
        this.sinks = List.copyOf(sinks);
        this.time = time;
        this.queue = new AuditQueue(settings.capacity());
        this.work = new ChainWork(queue, keys, settings.checkpointEvery());
        this.head = database.read(ChainHead::read).toCompletableFuture().join();
        long period = settings.checkpointAfter().toMillis();
        thread.scheduleWithFixedDelay(this::sign, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Records what happened; waits through an outage of the database.
     *
     * @return completes when the entry is durable; exceptionally with {@link
     *     AuditUnavailableException} when there was no room for it
     */
    public CompletionStage<Entry> record(AuditDraft what) {
        return add(Waiting.of(what, now(), false));
    }

    /**
     * Records what is about to happen and must not happen unrecorded: the caller acts when the
     * stage completes well. Where it does not, the entry may be in the trail all the same; it then
     * says that something was {@link AuditResult#ALLOWED}, and no entry says that it was done.
     *
     * @return completes when the entry is durable; exceptionally with {@link
     *     AuditUnavailableException} at once while the database is away, and after {@link
     *     AuditSettings#patience} when it does not answer
     */
    public CompletionStage<Entry> recordFirst(AuditDraft what) {
        if (failing || database.outage().isPresent()) {
            return CompletableFuture.failedFuture(unavailable());
        }
        Waiting entry = Waiting.of(what, now(), true);
        CompletionStage<Entry> durable = add(entry);
        if (!entry.promise().isDone()) {
            schedule(() -> giveUp(entry), settings.patience().toMillis());
        }
        return durable;
    }

    private static AuditUnavailableException unavailable() {
        return new AuditUnavailableException(
                "the audit trail cannot be written because the database does not answer; what must"
                        + " be recorded first cannot be done until it does");
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private CompletionStage<Entry> add(Waiting entry) {
        if (!queue.add(entry)) {
            entry.promise()
                    .completeExceptionally(
                            new AuditUnavailableException(
                                    "there is no room for another entry of the audit trail"));
        }
        schedule(this::pump, 0);
        // A caller who completes or cancels it must not disturb others.
        return entry.promise().minimalCompletionStage();
    }

    private void schedule(Runnable work, long millis) {
        try {
            thread.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("the audit trail is closed");
        }
    }

    /** An error here would end the chain without a word. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the audit trail met an error; it goes on");
        }
    }

    private void giveUp(Waiting entry) {
        if (!entry.promise().isDone()) {
            queue.remove(entry);
            entry.promise().completeExceptionally(unavailable());
        }
    }

    private void sign() {
        guarded(
                () -> {
                    checkpointDue = head.unsigned() > 0;
                    pump();
                });
    }

    private void pump() {
        tellLoss();
        if (writing != null) {
            return;
        }
        Batch batch = work.next(head, checkpointDue || closing, now());
        if (batch.isEmpty()) {
            if (closing) {
                drained.complete(null);
            }
            return;
        }
        writing = batch;
        write(batch);
    }

    /** Says so when it bites, at most once a minute. */
    private void tellLoss() {
        long lost = queue.lost();
        long now = System.nanoTime();
        if (lost > toldLost && (toldLost == 0 || now - toldAt > LOSS_LOG_NANOS)) {
            log.atError()
                    .addKeyValue("lost", lost)
                    .log(
                            "memory for entries of the audit trail is full; entries are lost until"
                                    + " the database takes what waits");
            toldLost = lost;
            toldAt = now;
        }
    }

    private void write(Batch batch) {
        database.<Boolean>write(
                        handle -> {
                            AuditTable.append(handle, batch.entries(), batch.signed());
                            return true;
                        })
                .whenComplete(
                        (_, failure) ->
                                schedule(
                                        () -> {
                                            if (failure == null) {
                                                written(batch);
                                            } else {
                                                failed(batch, failure);
                                            }
                                        },
                                        0));
    }

    private void written(Batch batch) {
        if (failing) {
            failing = false;
            log.atInfo().log("the audit trail is written to the database again");
        }
        failures = 0;
        head = batch.end(head);
        checkpointDue &= batch.signed() == null;
        writing = null;
        for (int i = 0; i < batch.entries().size(); i++) {
            batch.waiting().get(i).promise().complete(batch.entries().get(i));
        }
        copy(batch);
        pump();
    }

    private void copy(Batch batch) {
        if (sinks.isEmpty()) {
            return;
        }
        List<AuditLine> lines = new ArrayList<>(batch.entries());
        if (batch.signed() != null) {
            lines.add(batch.signed());
        }
        for (AuditLine line : lines) {
            String json = AuditJson.write(line);
            sinks.forEach(sink -> sink.accept(line, json));
        }
    }

    private void failed(Batch batch, Throwable failure) {
        failing = true;
        if (failures++ == 0) {
            log.atError()
                    .addKeyValue("reason", failure.getMessage())
                    .log(
                            "the audit trail cannot be written to the database; entries are kept in"
                                    + " memory, and what must be recorded first is refused");
        }
        batch.waiting().stream().filter(Waiting::urgent).forEach(AuditTrail::refuse);
        queue.removeUrgent().forEach(AuditTrail::refuse);
        if (closing && failures >= CLOSE_FAILURES) {
            drained.completeExceptionally(failure);
            return;
        }
        long delay =
                Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures - 1, 10));
        if (failure.getCause() instanceof AuditTable.MovedException) {
            schedule(() -> moveOn(batch), delay);
        } else {
            schedule(() -> write(batch), delay);
        }
    }

    private static void refuse(Waiting entry) {
        entry.promise().completeExceptionally(unavailable());
    }

    /** Somebody wrote into the trail, or put an older database in its place: go on behind that. */
    private void moveOn(Batch batch) {
        database.read(ChainHead::read)
                .whenComplete(
                        (found, failure) ->
                                schedule(
                                        () -> {
                                            if (failure == null) {
                                                head = found;
                                                Batch again = ChainWork.again(batch, found);
                                                writing = again;
                                                write(again);
                                            } else {
                                                failed(batch, failure);
                                            }
                                        },
                                        0));
    }

    /** The number of the last entry that is durable; 0 before the first. */
    public long last() {
        return head.sequence();
    }

    /** How many entries wait in memory. */
    public int waiting() {
        return queue.size();
    }

    /** How many entries were lost since the start, for want of room. */
    public long lost() {
        return queue.lost();
    }

    /** Whether what must be recorded first is refused now. */
    public boolean isUnavailable() {
        return failing || database.outage().isPresent();
    }

    /**
     * Writes what waits, signs a last checkpoint and closes the sinks; at most some ten seconds.
     */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        queue.close();
        schedule(
                () -> {
                    closing = true;
                    pump();
                },
                0);
        boolean complete = false;
        try {
            drained.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            complete = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().setCause(e).log("the audit trail did not end well");
        }
        thread.shutdownNow();
        List<Waiting> left = new ArrayList<>(queue.take(Integer.MAX_VALUE));
        Batch batch = writing;
        if (batch != null) {
            left.addAll(batch.waiting());
        }
        if (!complete) {
            log.atError()
                    .addKeyValue("entries", left.size())
                    .log(
                            "the server ends while the audit trail cannot be written; entries that"
                                    + " waited are lost");
        }
        left.forEach(AuditTrail::refuse);
        sinks.forEach(AuditSink::close);
    }
}
