package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * of its own, so work must not touch anything but its handle.
 */
final class BatchWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private static final int CAPACITY = 50_000;
    private static final int BATCH = 512;
    private static final long POLL_MILLIS = 100;

    private final Jdbi jdbi;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Handle handle;

    BatchWriter(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.thread = Thread.ofPlatform().name("outpost-database-writer").daemon().start(this::run);
    }

    <T> CompletionStage<T> submit(Function<Handle, T> work) {
        Job<T> job = new Job<>(work);
        if (closed) {
            job.fail(new DatabaseException("The database is closed"));
        } else if (!queue.offer(job)) {
            job.fail(new DatabaseBusyException(CAPACITY + " writes wait for the database already"));
        }
        return job.promise;
    }

    private void run() {
        List<Job<?>> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                write(batch);
            } catch (InterruptedException e) {
                closed = true;
            } finally {
                batch.clear();
            }
        }
        dropHandle();
    }

    private void write(List<Job<?>> batch) {
        if (transact(batch) || batch.size() == 1) {
            return;
        }
        for (Job<?> job : batch) {
            if (!job.promise.isDone()) {
                transact(List.of(job));
            }
        }
    }

    /** Returns false when a piece of work of several failed, so that nothing is decided yet. */
    private boolean transact(List<Job<?>> batch) {
        Handle open;
        try {
            open = begin();
        } catch (RuntimeException e) {
            // Not the work's fault: trying each alone would only multiply the wait.
            failAll(batch, "The database cannot be written", e);
            return true;
        }
        try {
            for (Job<?> job : batch) {
                job.run(open);
            }
        } catch (RuntimeException e) {
            rollback(open);
            if (batch.size() == 1) {
                failAll(batch, "A write failed", e);
            }
            return false;
        }
        try {
            open.commit();
        } catch (RuntimeException e) {
            rollback(open);
            failAll(batch, "A commit failed", e);
            return true;
        }
        batch.forEach(Job::succeed);
        return true;
    }

    private Handle begin() {
        Handle open = handle;
        if (open == null) {
            open = jdbi.open();
            handle = open;
        }
        try {
            open.begin();
            // Takes the write lock now (transaction mode IMMEDIATE), and shows that somebody is
            // there.
            open.execute("SELECT 1");
            return open;
        } catch (RuntimeException e) {
            dropHandle();
            throw e;
        }
    }

    private void rollback(Handle open) {
        try {
            open.rollback();
        } catch (RuntimeException e) {
            dropHandle();
        }
    }

    private void dropHandle() {
        Handle open = handle;
        handle = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.atDebug().setCause(e).log("a broken database connection did not close");
            }
        }
    }

    private static void failAll(List<Job<?>> batch, String message, RuntimeException cause) {
        DatabaseException failure =
                new DatabaseException(message + ": " + cause.getMessage(), cause);
        batch.forEach(job -> job.fail(failure));
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

        void fail(DatabaseException failure) {
            promise.completeExceptionally(failure);
        }
    }
}
