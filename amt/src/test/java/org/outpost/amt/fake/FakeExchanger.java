package org.outpost.amt.fake;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.wsman.Exchanger;
import org.outpost.amt.wsman.WsmanRequest;
import org.outpost.amt.wsman.WsmanResponse;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A device that answers when the test says so, and notices two requests at a time. */
public final class FakeExchanger implements Exchanger {
    private final List<String> sent = new ArrayList<>();
    private @Nullable CompletableFuture<WsmanResponse> awaited;
    private int idleCloses;

    @Override
    public CompletableFuture<WsmanResponse> send(WsmanRequest request, Duration deadline) {
        CompletableFuture<WsmanResponse> before = awaited;
        if (before != null && !before.isDone()) {
            throw new AssertionError("two requests at a time");
        }
        CompletableFuture<WsmanResponse> response = new CompletableFuture<>();
        awaited = response;
        sent.add(request.what());
        return response;
    }

    @Override
    public void abort(AmtFailure failure) {
        fail(failure);
    }

    @Override
    public void closeIdle() {
        if (!waits()) {
            idleCloses++;
        }
    }

    /** Whether a request is under way. */
    public boolean waits() {
        CompletableFuture<WsmanResponse> response = awaited;
        return response != null && !response.isDone();
    }

    /** Answers the request that is under way, twice. */
    public void answer(Element body) {
        CompletableFuture<WsmanResponse> response = awaited;
        if (response != null) {
            WsmanResponse answer = new WsmanResponse(Optional.of(body), "", "", "");
            response.complete(answer);
            response.complete(answer);
        }
    }

    /** Lets the request that is under way fail. */
    public void fail(AmtFailure failure) {
        CompletableFuture<WsmanResponse> response = awaited;
        if (response != null) {
            response.completeExceptionally(new AmtException(failure));
        }
    }

    /** What was asked, in order. */
    public List<String> sent() {
        return sent;
    }

    /** How often the idle connection was closed. */
    public int idleCloses() {
        return idleCloses;
    }
}
