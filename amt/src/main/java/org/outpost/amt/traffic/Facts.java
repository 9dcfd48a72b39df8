package org.outpost.amt.traffic;

import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtClass;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Results of reads with the time they were read, bounded in number and memory: what was not asked
 * for longest goes first. Only on the officer's loop.
 */
final class Facts {
    private record Fact(Object value, Instant readAt, long weight) {}

    private final Map<AmtCall<?>, Fact> facts = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final long mostBytes;
    private long bytes;

    Facts(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    <T> void keep(AmtCall<T> call, T value, Instant readAt) {
        forget(call);
        // A raw exploration is for the eyes of one person.
        if (value == null || call instanceof AmtCall.Explore) {
            return;
        }
        long weight = call.weight(value);
        if (weight > mostBytes) {
            return;
        }
        facts.put(call, new Fact(value, readAt, weight));
        bytes += weight;
        Iterator<Fact> oldest = facts.values().iterator();
        while (facts.size() > most || bytes > mostBytes) {
            bytes -= oldest.next().weight();
            oldest.remove();
        }
    }

    @SuppressWarnings("unchecked") // keep() puts in nothing else
    <T> Optional<LastKnown<T>> find(AmtCall<T> call) {
        return Optional.ofNullable(facts.get(call))
                .map(fact -> new LastKnown<>((T) fact.value(), fact.readAt()));
    }

    private void forget(AmtCall<?> call) {
        Fact old = facts.remove(call);
        if (old != null) {
            bytes -= old.weight();
        }
    }

    /** A change makes what is known of that class untrue. */
    void forget(AmtClass type) {
        facts.entrySet()
                .removeIf(
                        entry -> {
                            boolean of = entry.getKey().type().equals(type);
                            bytes -= of ? entry.getValue().weight() : 0;
                            return of;
                        });
    }

    int size() {
        return facts.size();
    }

    long bytes() {
        return bytes;
    }
}
