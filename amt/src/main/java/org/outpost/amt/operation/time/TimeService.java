package org.outpost.amt.operation.time;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Reads and sets the device's clock (wsman.md section 3). */
public final class TimeService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_TimeSynchronizationService");

    private final AmtCalls calls;
    private final InstantSource clock;

    /**
     * Asks through these calls.
     *
     * @param calls of the device
     * @param clock the right time
     */
    public TimeService(AmtCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** The device's clock, to the second. */
    public CompletionStage<Instant> read() {
        return ask().thenApply(TimeService::moment);
    }

    private CompletionStage<Element> ask() {
        // It changes nothing, but a joined answer would be late by the time it waited.
        return calls.invoke(Invocation.of(SERVICE, "GetLowAccuracyTimeSynch"));
    }

    private static Instant moment(Element output) {
        return Instant.ofEpochSecond(
                output.number("Ta0")
                        .orElseThrow(
                                () ->
                                        new AmtException(
                                                new AmtFailure.ProtocolError(
                                                        "it tells no time (Ta0)"))));
    }

    /**
     * Sets the device's clock to ours.
     *
     * @return by how much the device was ahead; negative when it was behind
     */
    public CompletionStage<Duration> synchronize() {
        return ask().thenCompose(
                        output -> {
                            Instant theirs = moment(output);
                            Instant received = clock.instant();
                            return calls.invoke(
                                            Invocation.of(SERVICE, "SetHighAccuracyTimeSynch")
                                                    .with("Ta0", theirs.getEpochSecond())
                                                    .with("Tm1", received.getEpochSecond())
                                                    .with("Tm2", clock.instant().getEpochSecond()))
                                    .thenApply(
                                            done ->
                                                    Duration.ofSeconds(
                                                            theirs.getEpochSecond()
                                                                    - received.getEpochSecond()));
                        });
    }
}
