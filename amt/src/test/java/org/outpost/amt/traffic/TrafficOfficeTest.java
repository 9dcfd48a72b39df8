package org.outpost.amt.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.amt.fake.FakeExchanger;
import org.outpost.amt.fake.VirtualLoop;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The officers of all devices. */
final class TrafficOfficeTest {
    private static final Duration IDLE = Duration.ofHours(1);

    private final VirtualLoop loop = new VirtualLoop();
    private final Map<String, FakeExchanger> devices = new HashMap<>();
    private final TrafficOffice office = new TrafficOffice(this::hire, 10, IDLE, loop);

    private TrafficOfficer hire(String device) {
        FakeExchanger exchanger = new FakeExchanger();
        devices.put(device, exchanger);
        return new TrafficOfficer(exchanger, loop, TrafficSettings.DEFAULT, CallListener.NONE);
    }

    private CompletableFuture<Element> ask(String device) {
        return office.officer(device)
                .calls(CallOptions.interactive(Duration.ofDays(1)))
                .get("AMT_A")
                .toCompletableFuture();
    }

    @Test
    void aDeviceHasOneOfficer() {
        assertThat(office.officer("a")).isSameAs(office.officer("a"));
        assertThat(office.present("b")).isEmpty();
    }

    @Test
    void anIdleOneIsLetGoAndOneWithWorkIsKept() {
        office.officer("idle");
        ask("busy");
        loop.pass(IDLE.multipliedBy(2));

        assertThat(office.present("idle")).isEmpty();
        assertThat(office.present("busy")).isPresent();
    }

    @Test
    void whenThereAreTooManyTheIdlestGo() {
        for (int i = 0; i < 10; i++) {
            office.officer("d" + i);
            loop.pass(Duration.ofSeconds(1));
        }
        CompletableFuture<Element> work = ask("d0");
        loop.run();
        office.officer("new");

        assertThat(office.present("d0")).isPresent();
        assertThat(office.present("d1")).isEmpty();
        assertThat(office.size()).isEqualTo(10);
        assertThat(work).isNotDone();
    }

    @Test
    void aDismissedOneEndsItsCalls() {
        CompletableFuture<Element> work = ask("a");
        loop.run();
        office.dismiss("a");
        loop.run();

        assertThat(work).isCompletedExceptionally();
        assertThat(office.size()).isZero();
    }

    @Test
    void aClosedOfficeSweepsNoMore() {
        CompletableFuture<Element> work = ask("a");
        loop.run();
        office.close();
        loop.pass(IDLE);

        assertThat(work).isCompletedExceptionally();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void factsAreBoundedInNumberAndMemory() {
        Facts facts = new Facts(3, 10_000);
        Element small = Element.of("", "x", "y");
        for (int i = 0; i < 5; i++) {
            facts.keep(get("AMT_" + i), small, loop.now());
        }
        assertThat(facts.size()).isEqualTo(3);
        facts.keep(get("AMT_LARGE"), Element.of("", "x", "y".repeat(4800)), loop.now());
        assertThat(facts.bytes()).isLessThanOrEqualTo(10_000);
        facts.keep(get("AMT_HUGE"), Element.of("", "x", "y".repeat(9000)), loop.now());
        assertThat(facts.find(get("AMT_HUGE"))).isEmpty();
        List.of("AMT_0", "AMT_1", "AMT_2", "AMT_3", "AMT_4", "AMT_LARGE")
                .forEach(type -> facts.forget(get(type).type()));
        assertThat(facts.bytes()).isZero();
    }

    private static AmtCall.Get get(String type) {
        return new AmtCall.Get(AmtClass.of(type), Selectors.NONE);
    }
}
