package org.outpost.server.trust;

import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Finds what to connect to for a responder's URL. Never waits. */
@FunctionalInterface
interface ResponderAddresses {
    /**
     * Looks up.
     *
     * @return a resolved address, or an {@link OcspException}
     */
    CompletionStage<InetSocketAddress> of(URI responder);

    /** For a responder that the operator wrote down: any address will do. */
    static ResponderAddresses asWritten(Executor lookUps) {
        return responder -> {
            CompletableFuture<InetSocketAddress> found = new CompletableFuture<>();
            try {
                lookUps.execute(() -> lookUp(responder, found));
            } catch (RejectedExecutionException e) {
                found.completeExceptionally(
                        new OcspException("too many look-ups of names wait already", e));
            }
            return found;
        };
    }

    private static void lookUp(URI responder, CompletableFuture<InetSocketAddress> found) {
        try {
            found.complete(
                    new InetSocketAddress(
                            InetAddress.getByName(responder.getHost()), port(responder)));
        } catch (UnknownHostException e) {
            found.completeExceptionally(
                    new OcspException("no address is known for " + responder.getHost(), e));
        }
    }

    /** For a responder that a certificate names: where the policy allows. */
    static ResponderAddresses allowedBy(EgressPolicy policy) {
        return responder ->
                policy.decide(responder.getHost(), port(responder))
                        .thenCompose(
                                decision ->
                                        switch (decision) {
                                            case Decision.Allowed allowed ->
                                                    CompletableFuture.completedStage(
                                                            allowed.address());
                                            case Decision.Refused refused ->
                                                    CompletableFuture.failedStage(
                                                            new OcspException(refused.reason()));
                                        });
    }

    private static int port(URI responder) {
        return responder.getPort() < 0 ? 80 : responder.getPort();
    }
}
