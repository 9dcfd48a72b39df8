package org.outpost.server.web.relay;

import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The ways to the redirection of devices, and how to sign in there. */
@FunctionalInterface
public interface RelayTargets {
    /** What was found. */
    sealed interface Found {}

    /**
     * What it takes to open sessions with a device.
     *
     * @param client opens them
     * @param credentials to sign in with; the browser never sees them
     */
    record Target(RedirectionClient client, RedirectionCredentials credentials) implements Found {}

    /**
     * There is no way.
     *
     * @param reason a sentence that says why, and what to do
     */
    record NoWay(String reason) implements Found {}

    /** Finds the way as it is now. Fails when that cannot be found out. */
    CompletionStage<Found> find(UUID device);
}
