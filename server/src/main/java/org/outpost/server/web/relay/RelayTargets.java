package org.outpost.server.web.relay;

import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The ways to the redirection of devices, and how to sign in there. */
@FunctionalInterface
public interface RelayTargets {
    /**
     * What it takes to open sessions with a device.
     *
     * @param client opens them
     * @param credentials to sign in with; the browser never sees them
     */
    record Target(RedirectionClient client, RedirectionCredentials credentials) {}

    /** Finds the way; empty when the device is not connected, or nobody told its credentials. */
    CompletionStage<Optional<Target>> find(UUID device);
}
