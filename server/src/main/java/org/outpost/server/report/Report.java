package org.outpost.server.report;

import java.time.Instant;
import java.util.List;

/**
 * Figures of a stretch of time.
 *
 * @param periods hours or days, the first first, those without events included
 * @param causes why connections ended or failed, the most frequent first
 * @param open tunnels open at the end
 * @param peak the most that were open at once
 * @param lost connections that the log had no room for
 */
public record Report(
        List<Period> periods,
        List<Cause> causes,
        long open,
        long peak,
        long connects,
        long disconnects,
        long failures,
        long lost,
        long starts) {
    /** Keeps its own copies. */
    public Report {
        periods = List.copyOf(periods);
        causes = List.copyOf(causes);
    }

    /**
     * An hour or a day.
     *
     * @param start its beginning
     * @param open tunnels open at its end
     * @param peak the most that were open at once in it
     */
    public record Period(
            Instant start, long open, long peak, long connects, long disconnects, long failures) {}

    /**
     * Why connections ended or failed.
     *
     * @param event {@code disconnected} or {@code failed}
     */
    public record Cause(String event, String cause, long count, Instant first, Instant last) {}
}
