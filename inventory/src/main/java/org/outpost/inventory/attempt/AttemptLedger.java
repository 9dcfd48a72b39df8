package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.attempt.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers what became of connections to the tunnel door: by source and device, bounded, kept
 * across restarts, for a while.
 *
 * <p>An event loop only puts an attempt on a queue without a lock; one thread takes them from there
 * and writes what is new to the database in pieces. What finds the queue full is counted and
 * dropped. Without the database it goes on in memory.
 */
public final class AttemptLedger implements AttemptListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AttemptLedger.class);

    private static final int WAITING = 50_000;
    private static final int ROWS_IN_A_PIECE = 2_000;
    private static final long TAKE_MILLIS = 200;

    private final Database database;
    private final AttemptSettings settings;
    private final Queue<Attempt> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final AttemptBook book;
    private final Set<Row> unwritten = new LinkedHashSet<>();
    private final Set<EntryKey> undeleted = new LinkedHashSet<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-attempts").daemon().factory());
    private boolean rewrite;
    private boolean underWay;
    private boolean failing;

    private record Row(EntryKey key, Outcome outcome) {}

    private record Piece(boolean rewrite, List<EntryKey> deleted, List<AttemptEntry> rows) {
        boolean isEmpty() {
            return !rewrite && deleted.isEmpty() && rows.isEmpty();
        }
    }

    /**
     * Reads what was remembered. Blocks.
     *
     * @param database migrated with {@code Inventory.MIGRATIONS}; stays the caller's to close
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public AttemptLedger(Database database, AttemptSettings settings) {
        this.database = database;
        this.settings = settings;
        this.book = new AttemptBook(settings.entries(), this::pushedOut);
        database.read(
                        handle -> {
                            AttemptTable.rows(handle, 4 * settings.entries(), book::restore);
                            return true;
                        })
                .toCompletableFuture()
                .join();
        clock.scheduleWithFixedDelay(this::take, TAKE_MILLIS, TAKE_MILLIS, TimeUnit.MILLISECONDS);
        long write = settings.writeEvery().toMillis();
        clock.scheduleWithFixedDelay(this::writeSafely, write, write, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::prune, 0, 1, TimeUnit.HOURS);
    }

    @Override
    public void noted(Attempt attempt) {
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            lost.increment();
            return;
        }
        queue.add(attempt);
    }

    /** How many attempts were not taken down because too many waited. */
    public long lost() {
        return lost.sum();
    }

    /** How many entries there are. */
    public int size() {
        lock.lock();
        try {
            return book.size();
        } finally {
            lock.unlock();
        }
    }

    /** Finds entries, whatever was told until now included. Waits for nobody but the ledger. */
    public AttemptPage find(AttemptQuery query) {
        lock.lock();
        try {
            takeAll();
            return book.find(query);
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        lock.lock();
        try {
            takeAll();
        } catch (RuntimeException e) {
            // The clock would stop for good.
            log.atError().setCause(e).log("an attempt could not be taken down");
        } finally {
            lock.unlock();
        }
    }

    private void takeAll() {
        // No longer than what waits now: others may add as fast as we take.
        for (int left = waiting.get(); left > 0; left--) {
            Attempt attempt = queue.poll();
            if (attempt == null) {
                return;
            }
            waiting.decrementAndGet();
            EntryKey key = book.note(attempt).key();
            undeleted.remove(key);
            unwritten.add(new Row(key, attempt.outcome()));
        }
    }

    private void pushedOut(EntryKey key) {
        // Its rows that wait to be written find no entry any more.
        undeleted.add(key);
        if (undeleted.size() > 2 * settings.entries()) {
            // The database is gone for long, or slower than the flood: to write all anew is less.
            undeleted.clear();
            unwritten.clear();
            rewrite = true;
        }
    }

    private void prune() {
        lock.lock();
        try {
            takeAll();
            book.prune(Instant.now().minus(settings.keep()));
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("old attempts could not be dropped");
        } finally {
            lock.unlock();
        }
    }

    private void writeSafely() {
        try {
            write();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("attempts could not be written");
        }
    }

    /** Whether there was something to write and it was written. */
    private CompletionStage<Boolean> write() {
        Piece piece;
        lock.lock();
        try {
            takeAll();
            piece = underWay ? new Piece(false, List.of(), List.of()) : piece();
            if (piece.isEmpty()) {
                return CompletableFuture.completedStage(false);
            }
            underWay = true;
        } finally {
            lock.unlock();
        }
        return database.<Boolean>write(
                        handle -> {
                            if (piece.rewrite()) {
                                AttemptTable.deleteAll(handle);
                            }
                            AttemptTable.delete(handle, piece.deleted());
                            AttemptTable.write(handle, piece.rows());
                            return true;
                        })
                .handle(
                        (_, failure) -> {
                            written(piece, failure);
                            return failure == null;
                        });
    }

    private Piece piece() {
        boolean anew = rewrite;
        if (anew) {
            rewrite = false;
            book.forEachRow((key, outcome) -> unwritten.add(new Row(key, outcome)));
        }
        List<EntryKey> deleted = new ArrayList<>();
        for (Iterator<EntryKey> keys = undeleted.iterator();
                keys.hasNext() && deleted.size() < ROWS_IN_A_PIECE; ) {
            deleted.add(keys.next());
            keys.remove();
        }
        List<AttemptEntry> rows = new ArrayList<>();
        for (Iterator<Row> some = unwritten.iterator();
                some.hasNext() && rows.size() < ROWS_IN_A_PIECE; ) {
            Row row = some.next();
            some.remove();
            Entry entry = book.get(row.key());
            AttemptEntry shown = entry == null ? null : entry.row(row.outcome());
            if (shown != null) {
                rows.add(shown);
            }
        }
        return new Piece(anew, deleted, rows);
    }

    private void written(Piece piece, @Nullable Throwable failure) {
        lock.lock();
        try {
            underWay = false;
            if (failure == null) {
                if (failing) {
                    failing = false;
                    log.atInfo().log("attempts are written to the database again");
                }
                return;
            }
            rewrite |= piece.rewrite();
            for (EntryKey key : piece.deleted()) {
                if (book.get(key) == null) {
                    undeleted.add(key);
                }
            }
            for (AttemptEntry row : piece.rows()) {
                unwritten.add(
                        new Row(
                                new EntryKey(row.source(), row.device()),
                                row.tallies().getFirst().outcome()));
            }
            if (!failing) {
                failing = true;
                log.atError()
                        .addKeyValue("reason", failure.getMessage())
                        .log("attempts cannot be written to the database; they are kept in memory");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is new. Blocks for at most some seconds. */
    @Override
    public void close() {
        clock.shutdownNow();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        boolean more = true;
        while (more && System.nanoTime() < end) {
            more =
                    database.write(_ -> true) // what is under way comes before it
                            .thenCompose(_ -> write())
                            .toCompletableFuture()
                            .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                            .exceptionally(_ -> false)
                            .join();
        }
    }
}
