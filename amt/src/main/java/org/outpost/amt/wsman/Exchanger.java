package org.outpost.amt.wsman;

import org.outpost.amt.failure.AmtFailure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Takes requests to one device, one at a time, on one loop. */
public interface Exchanger {
    /**
     * Sends a request. Only on the loop, and only when no other is under way. Fails with an {@link
     * org.outpost.amt.failure.AmtException}.
     *
     * @param request what to ask
     * @param deadline how long it may take, with connecting, signing in and sending again
     */
    CompletableFuture<WsmanResponse> send(WsmanRequest request, Duration deadline);

    /**
     * Ends the request that is under way, and its connection. Does nothing when there is none.
     *
     * @param failure what the request ends with
     */
    void abort(AmtFailure failure);

    /** Closes the connection when nothing is under way. */
    void closeIdle();
}
