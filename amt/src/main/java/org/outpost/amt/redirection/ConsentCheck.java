package org.outpost.amt.redirection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells a refused session for want of consent from one that is switched off (wsman.md §8). */
@FunctionalInterface
public interface ConsentCheck {
    /** Knows nothing of consent: every such refusal is "not allowed". */
    ConsentCheck UNKNOWN = kind -> CompletableFuture.completedStage(false);

    /**
     * Whether the device requires consent for this kind and has not got it. Never blocks; a failure
     * counts as "no".
     */
    CompletionStage<Boolean> isMissing(RedirectionKind kind);
}
