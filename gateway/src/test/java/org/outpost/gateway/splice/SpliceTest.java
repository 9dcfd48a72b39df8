package org.outpost.gateway.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** Back-pressure and deadlines, step by step. */
final class SpliceTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final Splice splice = new Splice(SpliceSettings.DEFAULT, new SpliceCounters(), ticker);
    private StallableChannel console;
    private StallableChannel device;

    @BeforeEach
    void join() throws Exception {
        console = new StallableChannel(ticker).open();
        device = new StallableChannel(ticker).open();
        device.pipeline().addLast(splice.deviceEnd());
        console.pipeline().addLast(splice.consoleEnd());
        splice.begin();
    }

    @AfterEach
    void nothingIsLeft() {
        console.finishAndReleaseAll();
        device.finishAndReleaseAll();
        assertThat(console.allReleased()).isTrue();
        assertThat(device.allReleased()).isTrue();
    }

    @Test
    void theDeviceIsReadOnlyAgainWhenTheConsoleTookTheWholeBatch() {
        device.send("one", "two");
        device.send("three");

        assertThat(console.waitingWrites()).isEqualTo(2);
        console.take(1);
        assertThat(console.waitingWrites()).isEqualTo(1);
        console.take(1);
        device.pump();
        assertThat(console.waitingWrites()).isEqualTo(1);
        console.take(1);
        assertThat(console.taken()).isEqualTo("onetwothree");
    }

    @Test
    void aConsoleThatTakesNothingAfterTheDevicesCloseIsCut() {
        device.send("answer");
        device.sendClose();
        device.pumpUnasked();
        device.close();

        ticker.advance(29, TimeUnit.SECONDS);
        console.runPendingTasks();
        assertThat(console.isOpen()).isTrue();
        ticker.advance(2, TimeUnit.SECONDS);
        console.runPendingTasks();

        assertThat(console.isOpen()).isFalse();
        assertThat(splice.closed().toCompletableFuture())
                .isCompletedWithValue(SpliceEnding.STALLED);
    }

    /** An APF channel stays active until all was read that came before the device's close. */
    @Test
    void aConsoleThatTakesNothingIsCutAlsoWhileTheDevicesRestIsUnread() {
        device.send("one");
        device.send("two");
        device.pipeline().fireUserEventTriggered(ChannelOutputShutdownEvent.INSTANCE);

        ticker.advance(29, TimeUnit.SECONDS);
        console.runPendingTasks();
        assertThat(console.isOpen()).isTrue();
        ticker.advance(2, TimeUnit.SECONDS);
        console.runPendingTasks();

        assertThat(console.isOpen()).isFalse();
        assertThat(device.isOpen()).isFalse();
        assertThat(splice.closed().toCompletableFuture())
                .isCompletedWithValue(SpliceEnding.STALLED);
    }

    @Test
    void aDeviceThatTakesNothingForLongGivesItsChannelBack() {
        console.send("keystrokes");
        ticker.advance(119, TimeUnit.SECONDS);
        console.runPendingTasks();
        assertThat(device.isOpen()).isTrue();
        ticker.advance(2, TimeUnit.SECONDS);
        console.runPendingTasks();

        assertThat(device.isOpen()).isFalse();
        assertThat(console.isOpen()).isFalse();
        assertThat(splice.closed().toCompletableFuture())
                .isCompletedWithValue(SpliceEnding.STALLED);
    }

    @Test
    void aDeviceThatTookAllMayBeSilentForever() {
        console.send("keystrokes");
        device.take(1);
        for (int minute = 0; minute < 60; minute++) {
            ticker.advance(1, TimeUnit.MINUTES);
            console.runPendingTasks();
        }

        assertThat(device.isOpen()).isTrue();
        console.send("more");
        device.take(1);
        assertThat(device.taken()).isEqualTo("keystrokesmore");
    }

    @Test
    void theLingerIsCountedFromTheDevicesLastByte() {
        console.sendFin();
        ticker.advance(9, TimeUnit.SECONDS);
        device.send("late");
        console.take(1);
        ticker.advance(9, TimeUnit.SECONDS);
        device.runPendingTasks();
        assertThat(device.isOpen()).isTrue();

        ticker.advance(2, TimeUnit.SECONDS);
        device.runPendingTasks();
        console.take(1);

        assertThat(device.isOpen()).isFalse();
        assertThat(console.isOpen()).isFalse();
        assertThat(console.taken()).isEqualTo("late");
        assertThat(splice.closed().toCompletableFuture())
                .isCompletedWithValue(SpliceEnding.LINGERED);
    }

    @Test
    void whatTheConsoleSendsAfterTheDevicesCloseIsDiscardedAndCounted() {
        device.sendClose();
        device.pump();
        console.take(1);
        assertThat(console.finSent()).isTrue();

        console.send("to nobody");
        console.send("at all");

        assertThat(splice.counters().discarded()).isEqualTo(15);
        console.sendFin();
        assertThat(console.isOpen()).isFalse();
    }

    @Test
    void bytesThatCameBeforeTheBeginningAreKeptAndGoFirst() throws Exception {
        StallableChannel early = new StallableChannel(ticker).open();
        StallableChannel late = new StallableChannel(ticker).open();
        Splice other = new Splice(SpliceSettings.DEFAULT, new SpliceCounters(), ticker);
        late.pipeline().addLast(other.deviceEnd());
        early.pipeline().addLast(other.consoleEnd());
        early.send("decoded ", "before ");
        early.pumpUnasked();
        late.send("banner");
        late.pumpUnasked();
        late.close();

        other.begin();
        early.take(9);

        assertThat(early.taken()).isEqualTo("banner");
        assertThat(other.counters().discarded()).isEqualTo("decoded before ".length());
        early.sendFin();
        early.finishAndReleaseAll();
        late.finishAndReleaseAll();
        assertThat(early.allReleased()).isTrue();
        assertThat(late.allReleased()).isTrue();
    }
}
