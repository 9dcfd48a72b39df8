package org.outpost.gateway.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Any interleaving of data, stalls, FIN, close and reset on both sides. */
final class SplicePropertyTest {
    enum Kind {
        SEND,
        TAKE,
        UNASKED,
        END,
        RESET
    }

    record Step(Kind kind, boolean console, int amount) {}

    private final MockTicker ticker = Ticker.newMockTicker();

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(8, Kind.SEND),
                        Tuple.of(8, Kind.TAKE),
                        Tuple.of(2, Kind.UNASKED),
                        Tuple.of(1, Kind.END));
        return Combinators.combine(
                        kinds, Arbitraries.of(true, false), Arbitraries.integers().between(1, 5))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 1500)
    void bytesArriveIntactAndInOrderAndNothingIsLeftBehind(
            @ForAll("steps") List<Step> steps, @ForAll boolean deviceFirst) throws Exception {
        StallableChannel console = new StallableChannel(ticker).open();
        StallableChannel device = new StallableChannel(ticker).open();
        Splice splice = new Splice(SpliceSettings.DEFAULT, new SpliceCounters(), ticker);
        splice.begin();
        Sent fromConsole = new Sent('A');
        Sent fromDevice = new Sent('a');
        int joinAt = steps.size() / 4;
        attach(splice, deviceFirst ? device : console, deviceFirst);

        for (int i = 0; i < steps.size(); i++) {
            if (i == joinAt) {
                attach(splice, deviceFirst ? console : device, !deviceFirst);
            }
            Step step = steps.get(i);
            apply(
                    step,
                    step.console() ? console : device,
                    step.console() ? fromConsole : fromDevice);
            assertThat(fromConsole.text()).startsWith(device.taken());
            assertThat(fromDevice.text()).startsWith(console.taken());
        }
        if (steps.isEmpty()) {
            attach(splice, deviceFirst ? console : device, !deviceFirst);
        }
        settle(console, device);

        if (fromDevice.ended) {
            assertThat(console.taken()).isEqualTo(fromDevice.text());
            assertThat(console.finSent() || !console.isOpen()).isTrue();
        } else {
            assertThat(device.taken()).isEqualTo(fromConsole.text());
        }
        ticker.advance(41, TimeUnit.SECONDS);
        settle(console, device);
        if (fromConsole.ended || fromDevice.ended) {
            assertThat(console.isOpen()).isFalse();
            assertThat(device.isOpen()).isFalse();
            assertThat(splice.closed().toCompletableFuture()).isDone();
        } else {
            console.close();
            assertThat(device.isOpen()).isFalse();
        }
        finish(console, device);
        // a batch that was cut in its middle counts as discarded
        assertThat(splice.counters().toDevice()).isLessThanOrEqualTo(device.taken().length());
        assertThat(splice.counters().toConsole()).isLessThanOrEqualTo(console.taken().length());
    }

    @Property(tries = 800)
    void aResetClosesTheOtherSideAtOnceAndReleasesAll(
            @ForAll("steps") List<Step> steps, @ForAll boolean consoleResets) throws Exception {
        StallableChannel console = new StallableChannel(ticker).open();
        StallableChannel device = new StallableChannel(ticker).open();
        Splice splice = new Splice(SpliceSettings.DEFAULT, new SpliceCounters(), ticker);
        attach(splice, console, false);
        attach(splice, device, true);
        splice.begin();
        Sent fromConsole = new Sent('A');
        Sent fromDevice = new Sent('a');
        for (Step step : steps) {
            apply(
                    step,
                    step.console() ? console : device,
                    step.console() ? fromConsole : fromDevice);
        }

        boolean deviceHasGone = !device.isOpen();
        (consoleResets ? console : device).reset();

        // a device that ended before in good order leaves the console time to take the rest
        if (consoleResets || !deviceHasGone) {
            assertThat(console.isOpen()).as("console").isFalse();
        }
        assertThat(device.isOpen()).as("device").isFalse();
        finish(console, device);
    }

    private static void attach(Splice splice, StallableChannel channel, boolean device) {
        channel.pipeline().addLast(device ? splice.deviceEnd() : splice.consoleEnd());
        channel.pump();
    }

    private static void apply(Step step, StallableChannel channel, Sent sent) {
        switch (step.kind()) {
            case SEND -> sent.send(channel, step.amount());
            case TAKE -> channel.take(step.amount());
            case UNASKED -> channel.pumpUnasked();
            case END -> sent.end(channel, step.console());
            case RESET -> channel.reset();
        }
    }

    private static void settle(StallableChannel console, StallableChannel device) {
        for (int i = 0; i < 200; i++) {
            console.take(100);
            device.take(100);
            console.runPendingTasks();
            device.runPendingTasks();
        }
    }

    private static void finish(StallableChannel console, StallableChannel device) {
        console.finishAndReleaseAll();
        device.finishAndReleaseAll();
        assertThat(console.allReleased()).as("console's buffers").isTrue();
        assertThat(device.allReleased()).as("device's buffers").isTrue();
    }

    private static final class Sent {
        private final StringBuilder text = new StringBuilder();
        private final char first;
        private boolean ended;

        Sent(char first) {
            this.first = first;
        }

        void send(StallableChannel channel, int buffers) {
            if (ended) {
                return;
            }
            String[] texts = new String[buffers];
            for (int i = 0; i < buffers; i++) {
                texts[i] = String.valueOf((char) (first + text.length() % 26)).repeat(i + 1);
                text.append(texts[i]);
            }
            channel.send(texts);
        }

        void end(StallableChannel channel, boolean console) {
            if (ended) {
                return;
            }
            ended = true;
            if (console) {
                channel.sendFin();
            } else {
                channel.sendClose();
            }
        }

        String text() {
            return text.toString();
        }
    }
}
