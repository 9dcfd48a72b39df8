package org.outpost.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.attempt.AttemptEntry;
import org.outpost.inventory.attempt.Tally;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An entry of the ledger as the API shows it.
 *
 * @param source an IPv4 address, or the /64 of an IPv6 address
 * @param guid null when no UUID was announced
 * @param admitted whether good credentials stand behind the UUID
 * @param reached how far the last connection came
 * @param outcome what became of the last connection
 * @param failing whether the last connection never became a tunnel
 * @param outcomes what became of its connections, the newest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AttemptView(
        String source,
        @Nullable UUID guid,
        boolean admitted,
        String hostname,
        String user,
        String tls,
        String reached,
        String outcome,
        boolean failing,
        long tunnels,
        long failures,
        Instant first,
        Instant last,
        List<OutcomeView> outcomes) {
    /** How often something became of them. */
    record OutcomeView(String outcome, long count, Instant first, Instant last, String detail) {
        static OutcomeView of(Tally tally) {
            return new OutcomeView(
                    tally.outcome().label(),
                    tally.count(),
                    tally.first(),
                    tally.last(),
                    tally.detail());
        }
    }

    static AttemptView of(AttemptEntry entry) {
        return new AttemptView(
                entry.source().toString(),
                entry.device(),
                entry.admitted(),
                entry.name(),
                entry.user(),
                entry.tls(),
                entry.reached().label(),
                entry.latest().outcome().label(),
                entry.fails(),
                entry.tunnels(),
                entry.failures(),
                entry.first(),
                entry.last(),
                entry.tallies().stream().map(OutcomeView::of).toList());
    }
}
