package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Reads on a few threads. What waited too long is not read any more: whoever asked has gone. */
final class BoundedReaders implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BoundedReaders.class);
    private static final int WAITING = 1_000;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Engine engine;
    private final Jdbi connections;
    private final Availability availability;
    private final ThreadPoolExecutor threads;

    BoundedReaders(Engine engine, Jdbi connections, Availability availability) {
        this.engine = engine;
        this.connections = connections;
        this.availability = availability;
        this.threads =
                new ThreadPoolExecutor(
                        engine.readers(),
                        engine.readers(),
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().name("outpost-database-reader-", 1).daemon().factory());
    }

    <T> CompletionStage<T> submit(Function<Handle, T> work) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        long asked = System.nanoTime();
        try {
            threads.execute(() -> run(work, promise, asked));
        } catch (RejectedExecutionException e) {
            promise.completeExceptionally(
                    threads.isShutdown()
                            ? new DatabaseException("The database is closed", e)
                            : new DatabaseBusyException(
                                    WAITING + " reads wait for the database already"));
        }
        return promise;
    }

    private <T> void run(Function<Handle, T> work, CompletableFuture<T> promise, long asked) {
        if (availability.isRefusing() && engine.readsFailWithWrites()) {
            promise.completeExceptionally(availability.refusal());
            return;
        }
        if (System.nanoTime() - asked > PATIENCE_NANOS) {
            promise.completeExceptionally(
                    new DatabaseBusyException("A read waited too long for the database"));
            return;
        }
        try {
            promise.complete(engine.read(connections, work));
        } catch (Throwable e) {
            // An error of the Java machine too: whoever asked waits for an answer.
            promise.completeExceptionally(
                    new DatabaseException("A read failed: " + RootCause.message(e), e));
            if (e instanceof Error) {
                log.atError().setCause(e).log("a read of the database ended with an error");
            }
        }
    }

    /** Finishes what waits, for at most five seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
