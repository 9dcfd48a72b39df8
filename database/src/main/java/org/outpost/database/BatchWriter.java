package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Writes on one thread, many pieces of work to a transaction: a commit costs a disk flush, however
 * much it holds. A stage completes only after its commit, so what was answered survives a crash.
 *
 * <p>When one piece of work fails, the transaction is rolled back and each piece runs again in one
 * of its own, so work must not touch anything but its handle. When the connection breaks, all of it
 * is tried once more on a new one. When there is none to be had, the database is gone: work is
 * refused at once then, and nothing piles up, until it answers again. When work ends with an error
 * of the Java machine, its whole batch fails, the connection is given up, and the thread goes on.
 */
final class BatchWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private static final int CAPACITY = 50_000;
    private static final int BATCH = 512;
    private static final long POLL_MILLIS = 100;
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PROBE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Engine engine;
    private final WriterConnection connection;
    private final Availability availability;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private volatile boolean closed;
    private volatile long busySince;
    private long lastAnswer = System.nanoTime();

    /** Why the database was gone the last time. */
    private String problem = "";

    /** Whether it was gone although it answered: then only a write shows that it is back. */
    private boolean doubtful;

    /** What became of a transaction. */
    private enum Outcome {
        COMMITTED,
        /** Nothing was written, for some of the work failed; the database is well. */
        WORK_FAILED,
        /** Nothing was written, for the connection broke before the commit. */
        BROKEN,
        /** Nothing was written, for there is no connection, or the database cannot write. */
        GONE,
        /** The connection broke at the commit; the work has been told. */
        UNKNOWN
    }

    BatchWriter(Engine engine, WriterConnection connection, Availability availability) {
        this.engine = engine;
        this.connection = connection;
        this.availability = availability;
        this.thread = Thread.ofPlatform().name("outpost-database-writer").daemon().start(this::run);
    }

    <T> CompletionStage<T> submit(Function<Handle, T> work) {
        Job<T> job = new Job<>(work);
        if (closed) {
            job.fail(new DatabaseException("The database is closed"));
        } else if (availability.isRefusing()) {
            job.fail(availability.refusal());
        } else if (!queue.offer(job)) {
            job.fail(new DatabaseBusyException(CAPACITY + " writes wait for the database already"));
        }
        return job.promise;
    }

    /** For how long the database has not answered the question under way; zero when none is. */
    Duration busy() {
        long since = busySince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void run() {
        List<Job<?>> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    probe(availability.isRefusing() ? RETRY_NANOS : PROBE_NANOS);
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                write(batch);
            } catch (InterruptedException e) {
                closed = true;
            } catch (Throwable e) {
                survive(batch, e);
            } finally {
                batch.clear();
            }
        }
        connection.drop();
    }

    /** Without this thread nothing would ever be written, and nobody would hear of it. */
    private void survive(List<Job<?>> batch, Throwable error) {
        DatabaseException failure = new DatabaseException("A write ended with " + error, error);
        batch.forEach(job -> job.fail(failure));
        log.atError()
                .setCause(error)
                .addKeyValue("writes", batch.size())
                .log("the thread that writes to the database met an error; its writes failed");
        connection.drop();
    }

    /** Asks whether the database is there when nothing was written for a while. */
    private void probe(long after) {
        if (System.nanoTime() - lastAnswer >= after) {
            write(List.of());
        }
    }

    private void write(List<Job<?>> batch) {
        busySince = System.nanoTime() | 1;
        try {
            Outcome outcome = transact(batch);
            if (outcome == Outcome.BROKEN) {
                outcome = transact(batch);
            }
            if (outcome == Outcome.WORK_FAILED && batch.size() > 1) {
                outcome = eachAlone(batch);
            }
            switch (outcome) {
                case COMMITTED -> {}
                case WORK_FAILED -> answers(batch.isEmpty());
                case BROKEN, GONE, UNKNOWN -> availability.gone(problem);
            }
            DatabaseException gone = availability.refusal();
            batch.forEach(job -> job.fail(gone));
        } finally {
            busySince = 0;
            lastAnswer = System.nanoTime();
        }
    }

    private void answers(boolean nothingWritten) {
        if (nothingWritten && doubtful) {
            availability.maybeBack();
        } else {
            doubtful = false;
            availability.answers();
        }
    }

    /** Returns how the last ended; those behind one that met no connection are not tried. */
    private Outcome eachAlone(List<Job<?>> batch) {
        Outcome outcome = Outcome.WORK_FAILED;
        for (Job<?> job : batch) {
            outcome = transact(List.of(job));
            if (outcome != Outcome.COMMITTED && outcome != Outcome.WORK_FAILED) {
                return outcome;
            }
        }
        return outcome;
    }

    private Outcome transact(List<Job<?>> batch) {
        Handle open = connection.begin();
        if (open == null) {
            problem = connection.problem();
            return Outcome.GONE;
        }
        try {
            for (Job<?> job : batch) {
                job.run(open);
            }
        } catch (RuntimeException e) {
            return failed(batch, "A write failed", e);
        }
        try {
            open.commit();
        } catch (RuntimeException e) {
            if (connection.rollback()) {
                return failed(batch, "A commit failed", e);
            }
            problem = engine.explain(e);
            DatabaseException unknown =
                    new DatabaseGoneException(
                            "The connection broke at a commit, and nobody knows whether it was"
                                    + " done: "
                                    + e.getMessage(),
                            e);
            availability.gone(problem);
            batch.forEach(job -> job.fail(unknown));
            return Outcome.UNKNOWN;
        }
        // Who hears that it is written may rely on it that the database is there.
        answers(batch.isEmpty());
        batch.forEach(Job::succeed);
        return Outcome.COMMITTED;
    }

    /** Rolls back. A piece of work that was alone is to blame; of several each gets its chance. */
    private Outcome failed(List<Job<?>> batch, String what, RuntimeException cause) {
        if (!connection.rollback()) {
            problem = engine.explain(cause);
            log.atDebug().setCause(cause).log("the database connection broke");
            return Outcome.BROKEN;
        }
        if (engine.isUnusable(cause)) {
            problem = engine.explain(cause);
            doubtful = true;
            return Outcome.GONE;
        }
        if (batch.size() == 1) {
            batch.getFirst().fail(new DatabaseException(what + ": " + cause.getMessage(), cause));
        }
        return Outcome.WORK_FAILED;
    }

    /** Writes what waits, then ends. Waits at most ten seconds for that. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Job<?>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(job -> job.fail(new DatabaseException("The database is closed")));
    }

    private static final class Job<T> {
        private final Function<Handle, T> work;
        private final CompletableFuture<T> promise = new CompletableFuture<>();
        private @Nullable T result;

        Job(Function<Handle, T> work) {
            this.work = work;
        }

        void run(Handle handle) {
            result = work.apply(handle);
        }

        @SuppressWarnings("NullAway") // T itself says whether null is a result
        void succeed() {
            promise.complete(result);
        }

        /** Does nothing when it was told already. */
        void fail(DatabaseException failure) {
            promise.completeExceptionally(failure);
        }
    }
}
