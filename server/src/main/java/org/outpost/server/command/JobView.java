package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** A job as the API tells it. */
record JobView(
        String id,
        String state,
        String action,
        String owner,
        String tenant,
        String origin,
        String reason,
        String ticket,
        int parallelism,
        long deadlineSeconds,
        long devices,
        Map<String, Long> counts,
        double rate,
        Instant created,
        @Nullable Instant waitUntil,
        @Nullable Instant cancelled,
        @Nullable Instant ended) {
    /** Whether all devices are accounted for. */
    boolean isOver() {
        return ended != null;
    }

    /** Whether every device did what was asked. */
    boolean isDone() {
        return isOver() && count("done") == devices;
    }

    long count(String which) {
        return counts.getOrDefault(which, 0L);
    }

    /** How many devices are in which state, such as {@code 7 done, 1 failed}. */
    String summary() {
        String text =
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? "-" : text;
    }
}
