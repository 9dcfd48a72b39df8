package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What the ledger holds of one device at one source, or of what came from there without a UUID.
 *
 * @param device null when no UUID was announced
 * @param admitted whether the device was let in at least once, so that the UUID is more than a
 *     claim
 * @param reached how far the last connection came
 * @param user the user name it showed last, or empty
 * @param name the host name it announced last, or empty
 * @param tls the version of TLS agreed on or offered last, or empty
 * @param tallies what became of its connections, the newest first; one or more
 */
public record AttemptEntry(
        Source source,
        @Nullable UUID device,
        boolean admitted,
        Step reached,
        String user,
        String name,
        String tls,
        List<Tally> tallies) {
    /** Keeps its own copy, in order. */
    public AttemptEntry {
        tallies = tallies.stream().sorted(Comparator.comparing(Tally::last).reversed()).toList();
    }

    /** When something was heard first. */
    public Instant first() {
        return tallies.stream().map(Tally::first).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** When something was heard last. */
    public Instant last() {
        return tallies.getFirst().last();
    }

    /** What became of the last connection, or of the one that is open; notices aside. */
    public Tally latest() {
        return tallies.stream()
                .filter(
                        tally ->
                                tally.outcome() == Outcome.CONNECTED
                                        || tally.outcome().isFailure()
                                        || tally.outcome().isEnd())
                .findFirst()
                .orElse(tallies.getFirst());
    }

    /** Whether the last connection never became a tunnel. */
    public boolean fails() {
        return latest().outcome().isFailure();
    }

    /** How many connections became tunnels. */
    public long tunnels() {
        return count(Outcome.CONNECTED);
    }

    /** How many connections never became tunnels. */
    public long failures() {
        return tallies.stream()
                .filter(tally -> tally.outcome().isFailure())
                .mapToLong(Tally::count)
                .sum();
    }

    /** How often that was the outcome. */
    public long count(Outcome outcome) {
        return tallies.stream()
                .filter(tally -> tally.outcome() == outcome)
                .mapToLong(Tally::count)
                .sum();
    }
}
