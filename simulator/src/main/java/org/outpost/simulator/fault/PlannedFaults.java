package org.outpost.simulator.fault;

import org.outpost.simulator.fault.FaultPlan.Fault;
import org.outpost.simulator.fault.FaultPlan.Kind;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The faults of one device, by chance and by counting. */
final class PlannedFaults implements FaultSource {
    private final Map<Kind, Double> amounts = new EnumMap<>(Kind.class);
    private final SplittableRandom random;
    private int signIns;

    PlannedFaults(List<Fault> faults, SplittableRandom random) {
        faults.forEach(fault -> amounts.put(fault.kind(), fault.amount()));
        this.random = random;
    }

    private boolean happens(Kind kind) {
        Double chance = amounts.get(kind);
        return chance != null && random.nextDouble() < chance;
    }

    @Override
    public Answer answer() {
        if (happens(Kind.STUCK)) {
            return Answer.NEVER;
        }
        if (happens(Kind.BUSY)) {
            return Answer.BUSY;
        }
        if (happens(Kind.TRUNCATE)) {
            return Answer.TRUNCATED;
        }
        return happens(Kind.CHUNKED) ? Answer.CHUNKED : Answer.RIGHT;
    }

    @Override
    public Duration delay() {
        return Duration.ofMillis(amounts.getOrDefault(Kind.SLOW, 0.0).longValue());
    }

    @Override
    public boolean refusesCredentials() {
        return happens(Kind.WRONG_CREDENTIALS);
    }

    @Override
    public boolean nonceStale() {
        Double every = amounts.get(Kind.STALE);
        return every != null && ++signIns % (every.intValue() + 1) == 0;
    }

    @Override
    public boolean outOfContexts() {
        return happens(Kind.NO_CONTEXTS);
    }

    @Override
    public int requestsPerConnection(int usual) {
        return Math.min(usual, amounts.getOrDefault(Kind.CLOSE, (double) usual).intValue());
    }
}
