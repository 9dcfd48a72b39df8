package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of the ledger as it grows. Most have one outcome or two, so a list is what they need.
 */
final class Entry {
    private final EntryKey key;
    private final List<Tally> tallies = new ArrayList<>(1);
    private boolean admitted;
    private Step reached = Step.TCP;
    private String user = "";
    private String name = "";
    private String tls = "";

    Entry(EntryKey key) {
        this.key = key;
    }

    EntryKey key() {
        return key;
    }

    boolean admitted() {
        return admitted;
    }

    void add(Attempt attempt) {
        reached = attempt.reached();
        admitted |= attempt.admitted();
        user = known(attempt.user(), user);
        name = known(attempt.name(), name);
        tls = known(attempt.tls(), tls);
        add(attempt.outcome(), attempt.time(), attempt.detail());
    }

    private static String known(String now, String before) {
        return now.isEmpty() ? before : now;
    }

    private void add(Outcome outcome, Instant time, String detail) {
        for (int i = 0; i < tallies.size(); i++) {
            if (tallies.get(i).outcome() == outcome) {
                tallies.set(i, tallies.get(i).again(time, detail));
                return;
            }
        }
        tallies.add(new Tally(outcome, 1, time, time, detail));
    }

    /** Takes what the database held of it; rows come in the order of their last time. */
    void restore(AttemptEntry stored) {
        admitted |= stored.admitted();
        reached = stored.reached();
        user = stored.user();
        name = stored.name();
        tls = stored.tls();
        tallies.addAll(stored.tallies());
    }

    Instant last() {
        Instant last = Instant.MIN;
        for (Tally tally : tallies) {
            last = tally.last().isAfter(last) ? tally.last() : last;
        }
        return last;
    }

    AttemptEntry snapshot() {
        return new AttemptEntry(
                key.source(), key.device(), admitted, reached, user, name, tls, tallies);
    }

    /** The entry with one of its outcomes alone: a row of the table. */
    @Nullable AttemptEntry row(Outcome outcome) {
        for (Tally tally : tallies) {
            if (tally.outcome() == outcome) {
                return new AttemptEntry(
                        key.source(),
                        key.device(),
                        admitted,
                        reached,
                        user,
                        name,
                        tls,
                        List.of(tally));
            }
        }
        return null;
    }
}
