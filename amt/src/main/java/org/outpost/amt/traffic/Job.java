package org.outpost.amt.traffic;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.wsman.AmtCall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A call that waits or runs, and everybody who waits for it. Only on the officer's loop. */
final class Job<T> {
    /** Somebody who waits for the call, with a deadline of his own. */
    static final class Waiter<T> {
        final CompletableFuture<T> result;
        final Duration deadline;
        final long until;
        TaskLoop.@Nullable Timer timer;

        Waiter(CompletableFuture<T> result, Duration deadline, long until) {
            this.result = result;
            this.deadline = deadline;
            this.until = until;
        }

        void stopTimer() {
            TaskLoop.Timer set = timer;
            if (set != null) {
                set.cancel();
            }
        }
    }

    final AmtCall<T> call;
    final long since;
    final List<Waiter<T>> waiters = new ArrayList<>();
    Priority priority;

    /** Equal reads may join until a change is queued behind this one. */
    boolean joinable;

    boolean started;

    /** When it was sent for the last time. */
    long sentAt;

    Duration nextPause;
    TaskLoop.@Nullable Timer pause;

    Job(AmtCall<T> call, Priority priority, long since, Duration firstPause) {
        this.call = call;
        this.priority = priority;
        this.since = since;
        this.nextPause = firstPause;
        this.joinable = call.reads();
    }

    /** How long anybody still waits, in nanoseconds. */
    long patience(long now) {
        long longest = 0;
        for (Waiter<T> waiter : waiters) {
            longest = Math.max(longest, waiter.until - now);
        }
        return longest;
    }

    void stopPause() {
        TaskLoop.Timer set = pause;
        if (set != null) {
            set.cancel();
            pause = null;
        }
    }
}
