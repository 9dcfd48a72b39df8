package org.outpost.gateway.route;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A directory in which a console finds only the devices that it may see. */
public final class SeenDirectory implements Directory {
    private final Directory all;
    private final ConsoleRights rights;

    /** Leaves out of {@code all} what {@code rights} hides. */
    public SeenDirectory(Directory all, ConsoleRights rights) {
        this.all = all;
        this.rights = rights;
    }

    @Override
    public CompletionStage<Resolution> resolve(String target, Console asker) {
        return all.resolve(target, asker).thenCompose(answer -> seen(answer, asker));
    }

    private CompletionStage<Resolution> seen(Resolution answer, Console asker) {
        return switch (answer) {
            case Resolution.Reachable reachable ->
                    now(hidden(reachable.device(), asker) ? new Resolution.Unknown() : answer);
            case Resolution.Offline offline ->
                    now(hidden(offline.device(), asker) ? new Resolution.Unknown() : answer);
            case Resolution.Ambiguous(List<Resolution.Candidate> candidates) -> {
                List<Resolution.Candidate> left =
                        candidates.stream().filter(one -> !hidden(one.device(), asker)).toList();
                yield switch (left.size()) {
                    case 0 -> now(new Resolution.Unknown());
                    // To this asker the name is not ambiguous.
                    case 1 -> all.resolve(left.getFirst().device().toString(), asker);
                    default -> now(new Resolution.Ambiguous(left));
                };
            }
            case Resolution.Unknown _, Resolution.NotAllowed _ -> now(answer);
        };
    }

    private boolean hidden(UUID device, Console asker) {
        return !rights.sees(asker, device);
    }

    private static CompletionStage<Resolution> now(Resolution answer) {
        return CompletableFuture.completedStage(answer);
    }
}
