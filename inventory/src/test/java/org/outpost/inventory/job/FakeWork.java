package org.outpost.inventory.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Devices that answer when the test says so. */
final class FakeWork implements JobWork {
    final Map<UUID, Integer> sent = new HashMap<>();
    final List<CompletableFuture<Outcome>> open = new ArrayList<>();
    final Set<UUID> offline = new HashSet<>();
    final Set<UUID> forbidden = new HashSet<>();
    int most;

    @Override
    public CompletionStage<Boolean> isReachable(UUID device) {
        return CompletableFuture.completedStage(!offline.contains(device));
    }

    @Override
    public Optional<String> refusal(Job job, UUID device) {
        return forbidden.contains(device) ? Optional.of("no") : Optional.empty();
    }

    @Override
    public CompletionStage<Outcome> carryOut(Job job, UUID device, Duration deadline) {
        sent.merge(device, 1, Integer::sum);
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        open.add(answer);
        most = Math.max(most, open.size());
        return answer;
    }

    @Override
    public void ended(Job job, UUID device, Outcome outcome) {}

    void answer(int which, Outcome outcome) {
        if (!open.isEmpty()) {
            open.remove(Math.floorMod(which, open.size())).complete(outcome);
        }
    }

    int sentTo(int position) {
        return sent.getOrDefault(FakeJournal.target(position).device(), 0);
    }
}
