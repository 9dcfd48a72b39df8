package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.wsman.Call;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Resets the PC some time after its watchdog has expired, when that is wanted (wsman.md §13). */
final class HangReset {
    private final Firmware firmware;
    private boolean wanted;
    private long seconds;
    private @Nullable Future<?> timer;

    private HangReset(Firmware firmware) {
        this.firmware = firmware;
        firmware.machine()
                .listen(
                        new MachineListener() {
                            @Override
                            public void watchdogExpired() {
                                expired();
                            }
                        });
    }

    static HangReset of(Call call) {
        return call.firmware().state(HangReset.class, HangReset::new);
    }

    void configure(boolean reset, long afterSeconds) {
        wanted = reset;
        seconds = afterSeconds;
    }

    private void expired() {
        if (wanted) {
            timer =
                    firmware.loop()
                            .schedule(
                                    () -> firmware.machine().request(PowerAction.RESET),
                                    seconds,
                                    TimeUnit.SECONDS);
        }
    }

    void cancel() {
        Future<?> pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
