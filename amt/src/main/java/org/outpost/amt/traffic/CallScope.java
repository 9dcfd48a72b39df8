package org.outpost.amt.traffic;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of one operation, which may be many: they share one deadline, and can be cancelled
 * together, although their caller holds only the stage of the last one. Calls and cancelling may
 * come from any thread.
 */
public final class CallScope implements AmtCalls {
    private final TrafficOfficer officer;
    private final Priority priority;
    private final TaskLoop loop;
    private final Duration deadline;
    private final long until;
    private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();

    private volatile boolean cancelled;

    CallScope(TrafficOfficer officer, CallOptions options, TaskLoop loop) {
        this.officer = officer;
        this.priority = options.priority();
        this.loop = loop;
        this.deadline = options.deadline();
        this.until = loop.nanoTime() + options.deadline().toNanos();
    }

    @Override
    public <T> CompletionStage<T> call(AmtCall<T> call) {
        if (cancelled) {
            return CompletableFuture.failedStage(new CancellationException("cancelled"));
        }
        long left = until - loop.nanoTime();
        if (left <= 0) {
            return CompletableFuture.failedStage(
                    new AmtException(new AmtFailure.TimedOut(deadline, false)));
        }
        CompletableFuture<T> result =
                officer.calls(new CallOptions(priority, Duration.ofNanos(left)))
                        .call(call)
                        .toCompletableFuture();
        long number = calls.incrementAndGet();
        open.put(number, result);
        result.whenComplete((value, failure) -> open.remove(number));
        if (cancelled) {
            result.cancel(false);
        }
        return result;
    }

    /**
     * Takes back what waits and gives up reads that run; a change that was sent runs on. Later
     * calls of the operation fail with {@link CancellationException}.
     */
    public void cancel() {
        cancelled = true;
        open.values().forEach(result -> result.cancel(false));
    }
}
