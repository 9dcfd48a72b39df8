package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A schedule as the API tells it, as far as commands show it. */
record ScheduleView(
        String id,
        String name,
        String cron,
        String zone,
        boolean paused,
        @Nullable Instant nextDue,
        @Nullable Instant lastDue,
        @Nullable String lastResult,
        @Nullable String lastDetail,
        String owner,
        String action) {
    /** What became of it the last time, such as {@code started k3x…}. */
    String last() {
        return lastResult == null ? "-" : lastResult + ": " + lastDetail;
    }
}
