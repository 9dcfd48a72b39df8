package org.outpost.amt.wsman;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Carries calls out without a queue: for whoever knows that nobody else asks the device. Only on
 * the exchanger's loop, one call at a time.
 */
public final class DirectCalls implements AmtCalls {
    private final Exchanger exchanger;
    private final Duration deadline;

    /**
     * Makes calls of an exchanger.
     *
     * @param exchanger sends the requests
     * @param deadline of each request
     */
    public DirectCalls(Exchanger exchanger, Duration deadline) {
        this.exchanger = exchanger;
        this.deadline = deadline;
    }

    @Override
    public <T> CompletionStage<T> call(AmtCall<T> call) {
        return call.run(request -> exchanger.send(request, deadline));
    }
}
