package org.outpost.amt.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.ReturnCode;
import org.outpost.amt.fake.FakeExchanger;
import org.outpost.amt.fake.VirtualLoop;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The rules of the queue, one by one. */
final class TrafficOfficerTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final VirtualLoop loop = new VirtualLoop();
    private final FakeExchanger device = new FakeExchanger();
    private final TrafficOfficer officer =
            new TrafficOfficer(device, loop, TrafficSettings.DEFAULT, CallListener.NONE);
    private final AmtCalls person = officer.calls(CallOptions.interactive(MINUTE));
    private final AmtCalls robot = officer.calls(CallOptions.background(MINUTE));

    private static Element instance(String local) {
        return Element.of("urn:x", local, List.of(Element.of("urn:x", "A", "1")));
    }

    private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
        return stage.toCompletableFuture();
    }

    private static AmtFailure failure(CompletionStage<?> stage) {
        return AmtException.failureOf(future(stage).exceptionNow()).orElseThrow();
    }

    private void answer() {
        device.answer(instance("x"));
        loop.run();
    }

    private CompletionStage<Element> change(String method) {
        return person.invoke(Invocation.of(AmtClass.of("AMT_X"), method));
    }

    @Test
    void interactiveCallsGoBeforeBackgroundOnesAndOneIsInFlight() {
        robot.get("AMT_A");
        robot.get("AMT_B");
        person.get("AMT_C");
        loop.run();

        answer();
        answer();
        answer();

        assertThat(device.sent()).containsExactly("AMT_A Get", "AMT_C Get", "AMT_B Get");
    }

    @Test
    void aBackgroundCallHasItsTurnAfterEightInteractiveOnes() {
        person.get("AMT_0");
        loop.run();
        robot.get("AMT_ROBOT");
        for (int i = 1; i < 20; i++) {
            person.get("AMT_" + i);
        }
        loop.run();
        for (int i = 0; i < 21; i++) {
            answer();
        }

        assertThat(device.sent().indexOf("AMT_ROBOT Get")).isBetween(7, 9);
    }

    @Test
    void equalReadsThatWaitBecomeOneAndTheMoreUrgentDecides() {
        person.get("AMT_FIRST");
        CompletableFuture<Element> one = future(robot.get("AMT_A"));
        robot.get("AMT_B");
        CompletableFuture<Element> other = future(person.get("AMT_A"));
        loop.run();

        answer();
        answer();

        assertThat(one).isCompleted();
        assertThat(other).isCompleted();
        assertThat(device.sent()).containsExactly("AMT_FIRST Get", "AMT_A Get", "AMT_B Get");
    }

    @Test
    void aReadBehindAChangeDoesNotJoinOneBeforeIt() {
        person.get("AMT_FIRST");
        person.get("AMT_A");
        change("Change");
        person.get("AMT_A");
        loop.run();
        for (int i = 0; i < 4; i++) {
            answer();
        }

        assertThat(device.sent())
                .containsExactly("AMT_FIRST Get", "AMT_A Get", "AMT_X.Change", "AMT_A Get");
    }

    @Test
    void aReadThatRunsIsNotJoined() {
        person.get("AMT_A");
        loop.run();
        person.get("AMT_A");
        loop.run();
        answer();
        answer();

        assertThat(device.sent()).containsExactly("AMT_A Get", "AMT_A Get");
    }

    @Test
    void theDeadlineCountsTheWaitingToo() {
        CompletableFuture<Element> stuck = future(person.get("AMT_A"));
        AmtCalls hurried = officer.calls(CallOptions.interactive(Duration.ofSeconds(5)));
        CompletableFuture<Element> behind = future(hurried.get("AMT_B"));

        loop.pass(Duration.ofSeconds(5));

        assertThat(failure(behind))
                .isEqualTo(new AmtFailure.TimedOut(Duration.ofSeconds(5), false));
        assertThat(stuck).isNotDone();
    }

    @Test
    void aDeviceThatNeverAnswersLosesTheCallAndTheNextGoesOn() {
        CompletableFuture<Element> stuck = future(change("Stuck"));
        loop.pass(Duration.ofSeconds(1));
        CompletableFuture<Element> next = future(person.get("AMT_B"));

        loop.pass(MINUTE.minusSeconds(1));
        answer();

        assertThat(failure(stuck)).isEqualTo(new AmtFailure.TimedOut(MINUTE, true));
        assertThat(next).isCompleted();
    }

    @Test
    void eachWaiterOfAJoinedReadHasADeadlineOfItsOwn() {
        person.get("AMT_FIRST");
        AmtCalls hurried = officer.calls(CallOptions.interactive(Duration.ofSeconds(5)));
        CompletableFuture<Element> brief = future(hurried.get("AMT_A"));
        CompletableFuture<Element> patient = future(person.get("AMT_A"));
        loop.pass(Duration.ofSeconds(6));
        answer();
        answer();

        assertThat(failure(brief)).isInstanceOf(AmtFailure.TimedOut.class);
        assertThat(patient).isCompleted();
    }

    @Test
    void aShortageStepsAsideAndComesAgain() {
        CompletableFuture<Element> scarce = future(change("GenerateKeyPair"));
        CompletableFuture<Element> other = future(person.get("AMT_B"));
        loop.run();
        device.fail(
                new AmtFailure.ReturnValue("AMT_X.GenerateKeyPair", ReturnCode.of("AMT_X", 0x2F)));
        loop.run();
        answer();
        assertThat(other).isCompleted();

        loop.pass(Duration.ofMillis(500));
        answer();

        assertThat(scarce).isCompleted();
        assertThat(device.sent())
                .containsExactly("AMT_X.GenerateKeyPair", "AMT_B Get", "AMT_X.GenerateKeyPair");
    }

    @Test
    void afterServiceUnavailableEverybodyPauses() {
        CompletableFuture<Element> first = future(person.get("AMT_A"));
        person.get("AMT_B");
        loop.run();
        device.fail(new AmtFailure.Busy(503));
        loop.pass(Duration.ofMillis(499));
        assertThat(device.sent()).containsExactly("AMT_A Get");

        loop.pass(Duration.ofMillis(1));
        answer();

        assertThat(first).isCompleted();
        assertThat(device.sent()).containsExactly("AMT_A Get", "AMT_A Get", "AMT_B Get");
    }

    @Test
    void aShortageThatLastsEndsWithTheDeadline() {
        AmtCalls hurried = officer.calls(CallOptions.interactive(Duration.ofSeconds(3)));
        CompletableFuture<Element> call = future(hurried.get("AMT_A"));
        loop.run();
        for (int i = 0; i < 8 && !call.isDone(); i++) {
            device.fail(new AmtFailure.Busy(503));
            loop.pass(Duration.ofSeconds(1));
        }

        assertThat(failure(call)).isEqualTo(new AmtFailure.Busy(503));
    }

    @Test
    void aFullTableIsNotWaitedFor() {
        CompletableFuture<Element> call = future(change("AddAlarm"));
        loop.run();
        AmtFailure full = new AmtFailure.WsmanFault("QuotaLimit", "", Optional.empty(), "x");
        device.fail(full);
        loop.run();

        assertThat(failure(call)).isEqualTo(full);
    }

    @Test
    void tooManyCallsAreRefused() {
        for (int i = 0; i < TrafficSettings.DEFAULT.waiting(); i++) {
            person.get("AMT_" + i);
        }
        CompletableFuture<Element> one = future(person.get("AMT_A"));
        loop.run();

        assertThat(failure(one)).isInstanceOf(AmtFailure.QueueFull.class);
    }

    @Test
    void aCancelledCallIsTakenBackAndARunningReadGivenUp() {
        CompletableFuture<Element> running = future(person.get("AMT_A"));
        CompletableFuture<Element> waiting = future(person.get("AMT_B"));
        person.get("AMT_C");
        loop.run();

        waiting.cancel(false);
        running.cancel(false);
        loop.run();

        assertThat(device.sent()).containsExactly("AMT_A Get", "AMT_C Get");
    }

    @Test
    void aCancelledChangeThatWasSentRunsOn() {
        CompletableFuture<Element> change = future(change("PowerOff"));
        loop.run();
        change.cancel(false);
        loop.run();

        assertThat(device.waits()).isTrue();
    }

    @Test
    void whatWasReadIsKeptWithItsAge() {
        person.get("AMT_A");
        loop.run();
        answer();
        loop.pass(Duration.ofHours(3));

        CompletableFuture<Optional<LastKnown<Element>>> known =
                officer.lastKnown(calls -> calls.get("AMT_A"));
        CompletableFuture<Optional<LastKnown<Element>>> never =
                officer.lastKnown(calls -> calls.get("AMT_B"));
        loop.run();

        assertThat(known.join().orElseThrow().value()).isEqualTo(instance("x"));
        assertThat(known.join().orElseThrow().readAt())
                .isEqualTo(loop.now().minus(Duration.ofHours(3)));
        assertThat(never.join()).isEmpty();
    }

    @Test
    void aChangeMakesWhatIsKnownOfItsClassUntrue() {
        person.get("AMT_X");
        loop.run();
        answer();
        change("Set");
        loop.run();
        answer();

        CompletableFuture<Optional<LastKnown<Element>>> known =
                officer.lastKnown(calls -> calls.get("AMT_X"));
        loop.run();

        assertThat(known.join()).isEmpty();
    }

    @Test
    void anIdleConnectionIsClosed() {
        person.get("AMT_A");
        loop.run();
        answer();
        loop.pass(TrafficSettings.DEFAULT.idle());

        assertThat(device.idleCloses()).isEqualTo(1);
    }

    @Test
    void aClosedOfficerFailsEverythingAndLeavesNoTimer() {
        CompletableFuture<Element> running = future(person.get("AMT_A"));
        CompletableFuture<Element> waiting = future(person.get("AMT_B"));
        loop.run();
        officer.close();
        CompletableFuture<Element> late = future(person.get("AMT_C"));
        loop.run();

        assertThat(List.of(running, waiting, late))
                .allMatch(call -> failure(call) instanceof AmtFailure.Unreachable);
        assertThat(loop.timers()).isZero();
    }
}
