package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An entry of the ledger of attempts as the API tells it.
 *
 * @param source an address, or the /64 of an IPv6 address
 * @param reached how far the last connection came
 * @param outcome what became of the last connection
 * @param outcomes what became of its connections, the newest first
 */
record AttemptView(
        String source,
        @Nullable String guid,
        @Nullable String hostname,
        @Nullable String user,
        @Nullable String reached,
        String outcome,
        boolean failing,
        long tunnels,
        long failures,
        @Nullable Instant last,
        List<OutcomeView> outcomes) {
    /** How often something became of them. */
    record OutcomeView(
            String outcome,
            long count,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable String detail) {}
}
