package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Each step has its time, and all together have theirs. */
final class HandshakeTimerTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    private final List<HandshakeStage> expired = new ArrayList<>();
    private final HandshakeTimer timer =
            new HandshakeTimer(
                    channel.eventLoop(),
                    new HandshakeDeadlines(
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(9),
                            Duration.ofSeconds(4)),
                    expired::add);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(double seconds) {
        ticker.advance((long) (seconds * 1000), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    @Test
    void aStepThatTakesItsWholeTimeLeavesTheNextOneSome() {
        timer.start(HandshakeStage.TLS);
        pass(7.9);
        timer.enter(HandshakeStage.VERSION);
        pass(1);
        timer.enter(HandshakeStage.CREDENTIALS);

        assertThat(expired).isEmpty();
    }

    @Test
    void eachStepIsHeldToItsOwnTime() {
        timer.start(HandshakeStage.TLS);
        pass(1);
        timer.enter(HandshakeStage.VERSION);
        pass(4.9);
        assertThat(expired).isEmpty();
        pass(0.2);

        assertThat(expired).containsExactly(HandshakeStage.VERSION);
    }

    @Test
    void allStepsTogetherAreHeldToTheirs() {
        timer.start(HandshakeStage.TLS);
        pass(4);
        timer.enter(HandshakeStage.VERSION);
        pass(4);
        timer.enter(HandshakeStage.CREDENTIALS);
        pass(0.9);
        assertThat(expired).isEmpty();
        pass(0.2);

        assertThat(expired).containsExactly(HandshakeStage.CREDENTIALS);
    }

    @Test
    void timeThatWeTakeOurselvesDoesNotCount() {
        timer.start(HandshakeStage.CREDENTIALS);
        pass(5);
        timer.stop();
        pass(100);
        timer.resume();
        pass(0.9);
        assertThat(expired).isEmpty();
        pass(0.2);

        assertThat(expired).containsExactly(HandshakeStage.CREDENTIALS);
    }

    @Test
    void theFirstForwardHasAClockOfItsOwn() {
        timer.start(HandshakeStage.TLS);
        pass(7);
        timer.start(HandshakeStage.FORWARD);
        pass(3.9);
        assertThat(expired).isEmpty();
        pass(0.2);

        assertThat(expired).containsExactly(HandshakeStage.FORWARD);
    }

    @Test
    void nothingExpiresWhenNothingIsAwaited() {
        timer.start(HandshakeStage.FORWARD);
        timer.cancel();
        pass(100);

        assertThat(expired).isEmpty();
    }
}
