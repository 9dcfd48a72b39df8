package org.outpost.inventory.job;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What jobs need of the rest of the server. A port: no method blocks. */
public interface JobWork {
    /** Whether a device can be asked something now; exceptionally when nobody can say. */
    CompletionStage<Boolean> isReachable(UUID device);

    /**
     * Why the owner may not do this to the device now; empty when they may. From memory: asked
     * right before each device's turn, so that what was taken away counts at once.
     */
    Optional<String> refusal(Job job, UUID device);

    /**
     * Does it. Whatever goes wrong is an {@link Outcome}; a stage that fails is a fault of ours.
     *
     * @param deadline by which the stage completes
     */
    CompletionStage<Outcome> carryOut(Job job, UUID device, Duration deadline);

    /** A device is accounted for. It may be told again after the server was killed. */
    void ended(Job job, UUID device, Outcome outcome);
}
