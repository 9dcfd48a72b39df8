package org.outpost.server.web.relay;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionKind;

import java.net.InetSocketAddress;
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

    /**
     * What a way is for.
     *
     * @param user who wants it
     * @param address where their browser connected from; null when this server holds the session
     *     for them
     */
    record Purpose(RedirectionKind kind, String user, @Nullable InetSocketAddress address) {}

    /** Finds the way as it is now. Fails when that cannot be found out. */
    CompletionStage<Found> find(UUID device, Purpose purpose);
}
