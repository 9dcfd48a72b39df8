package org.outpost.amt.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeExchanger;
import org.outpost.amt.fake.VirtualLoop;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Any interleaving of callers, answers, failures, silence and time: one request at a time (the fake
 * device throws otherwise), no call is lost or outlives its deadline, changes are sent at most once
 * unless the device refused them for want of resources, and nothing is left behind.
 */
final class TrafficOfficerPropertyTest {
    /** What happens next. */
    private sealed interface Step {
        record Read(int name, boolean person, int seconds) implements Step {}

        record Change(int name, int seconds) implements Step {}

        record Answer() implements Step {}

        record Fail(AmtFailure failure) implements Step {}

        record Pass(int millis) implements Step {}

        record Cancel(int call) implements Step {}
    }

    private record Asked(CompletableFuture<Element> result, long until) {}

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(1, 30);
        Arbitrary<Integer> names = Arbitraries.integers().between(0, 3);
        return Arbitraries.oneOf(
                Combinators.combine(names, Arbitraries.of(true, false), seconds)
                        .as((name, person, time) -> (Step) new Step.Read(name, person, time)),
                Combinators.combine(names, seconds).as(Step.Change::new),
                Arbitraries.just(new Step.Answer()),
                Arbitraries.of(
                                new AmtFailure.Busy(503),
                                new AmtFailure.ConnectionLost(true),
                                new AmtFailure.WsmanFault("QuotaLimit", "", Optional.empty(), ""),
                                new AmtFailure.Unsupported("x"))
                        .map(Step.Fail::new),
                Arbitraries.integers().between(1, 9000).map(Step.Pass::new),
                Arbitraries.integers().between(0, 40).map(Step.Cancel::new));
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return steps().list().ofMaxSize(60);
    }

    @Property(tries = 2000)
    void nothingIsLost(@ForAll("stories") List<Step> story) {
        VirtualLoop loop = new VirtualLoop();
        FakeExchanger device = new FakeExchanger();
        TrafficOfficer officer =
                new TrafficOfficer(device, loop, TrafficSettings.DEFAULT, CallListener.NONE);
        List<Asked> asked = new ArrayList<>();
        int changes = 0;
        int busy = 0;

        for (Step step : story) {
            switch (step) {
                case Step.Read read -> {
                    Duration deadline = Duration.ofSeconds(read.seconds());
                    CallOptions options =
                            read.person()
                                    ? CallOptions.interactive(deadline)
                                    : CallOptions.background(deadline);
                    asked.add(
                            new Asked(
                                    officer.calls(options)
                                            .get("AMT_R" + read.name())
                                            .toCompletableFuture(),
                                    loop.nanoTime() + deadline.toNanos()));
                }
                case Step.Change change -> {
                    Duration deadline = Duration.ofSeconds(change.seconds());
                    Invocation call = Invocation.of(AmtClass.of("AMT_C"), "Change" + changes++);
                    asked.add(
                            new Asked(
                                    officer.calls(CallOptions.interactive(deadline))
                                            .invoke(call)
                                            .toCompletableFuture(),
                                    loop.nanoTime() + deadline.toNanos()));
                }
                case Step.Answer answer -> device.answer(Element.of("urn:x", "x", List.of()));
                case Step.Fail fail -> {
                    busy += fail.failure() instanceof AmtFailure.Busy ? 1 : 0;
                    device.fail(fail.failure());
                }
                case Step.Pass pass -> loop.pass(Duration.ofMillis(pass.millis()));
                case Step.Cancel cancel -> {
                    if (cancel.call() < asked.size()) {
                        asked.get(cancel.call()).result().cancel(false);
                    }
                }
            }
            loop.run();
            for (Asked one : asked) {
                if (loop.nanoTime() > one.until()) {
                    assertThat(one.result()).isDone();
                }
            }
        }
        loop.pass(Duration.ofSeconds(31));

        assertThat(asked).allMatch(one -> one.result().isDone());
        for (int i = 0; i < changes; i++) {
            String name = "AMT_C.Change" + i;
            assertThat(device.sent().stream().filter(name::equals).count())
                    .isLessThanOrEqualTo(1L + busy);
        }
        assertThat(device.waits()).isFalse();
        assertThat(officer.busy()).isFalse();
        loop.pass(TrafficSettings.DEFAULT.idle());
        assertThat(loop.timers()).isZero();
    }

    @Property(tries = 500)
    void amongEqualsTheFirstComeGoesFirst(@ForAll("orders") List<Boolean> persons) {
        VirtualLoop loop = new VirtualLoop();
        FakeExchanger device = new FakeExchanger();
        TrafficOfficer officer =
                new TrafficOfficer(device, loop, TrafficSettings.DEFAULT, CallListener.NONE);
        List<String> interactive = new ArrayList<>();
        List<String> background = new ArrayList<>();
        for (int i = 0; i < persons.size(); i++) {
            boolean person = persons.get(i);
            Duration deadline = Duration.ofMinutes(1);
            officer.calls(
                            person
                                    ? CallOptions.interactive(deadline)
                                    : CallOptions.background(deadline))
                    .get("AMT_" + i);
            (person ? interactive : background).add("AMT_" + i + " Get");
        }
        loop.run();
        for (int i = 0; i < persons.size(); i++) {
            device.answer(Element.of("urn:x", "x", List.of()));
            loop.run();
        }

        assertThat(device.sent().stream().filter(interactive::contains).toList())
                .isEqualTo(interactive);
        assertThat(device.sent()).hasSize(persons.size()).doesNotHaveDuplicates();
        assertThat(device.sent().stream().filter(background::contains).toList())
                .isEqualTo(background);
    }

    @Provide
    Arbitrary<List<Boolean>> orders() {
        return Arbitraries.of(true, false).list().ofMinSize(1).ofMaxSize(60);
    }
}
