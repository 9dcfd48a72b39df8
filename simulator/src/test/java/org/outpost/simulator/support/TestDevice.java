package org.outpost.simulator.support;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;

import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.FirmwareSettings;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.identity.Population;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.MachineTiming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The firmware of a device on a clock that stands until it is moved. */
public final class TestDevice implements AutoCloseable {
    public static final String PASSWORD = "P@ssw0rd";

    private final SettableClock clock = new SettableClock();
    private final EmbeddedChannel time = new EmbeddedChannel();
    private final Firmware firmware;

    public TestDevice(Generation generation, int index) {
        this(generation, index, ControlMode.ADMIN, ConsentPolicy.NONE);
    }

    public TestDevice(Generation generation, int index, ControlMode mode, ConsentPolicy consent) {
        time.freezeTime();
        firmware = firmware(generation, index, mode, consent, clock, time.eventLoop());
    }

    /** Firmware on an event loop of the caller. */
    public static Firmware firmware(
            Generation generation,
            int index,
            ControlMode mode,
            ConsentPolicy consent,
            SettableClock clock,
            EventExecutor loop) {
        return new Firmware(
                new Population("seed", "pc", "example.test", List.of(generation)).device(index),
                new FirmwareSettings(
                        "admin",
                        PASSWORD,
                        mode,
                        consent,
                        MachineTiming.USUAL,
                        clock,
                        loop,
                        Runnable::run));
    }

    public Firmware firmware() {
        return firmware;
    }

    /** Lets time pass, second by second. */
    public void pass(Duration by) {
        for (long second = 0; second < by.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            time.runScheduledPendingTasks();
        }
    }

    /** Does what the device has put off. */
    public void runTasks() {
        time.runPendingTasks();
    }

    @Override
    public void close() {
        time.finishAndReleaseAll();
    }
}
