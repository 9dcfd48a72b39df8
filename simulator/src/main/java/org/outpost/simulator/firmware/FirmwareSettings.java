package org.outpost.simulator.firmware;

import io.netty.util.concurrent.EventExecutor;

import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.MachineTiming;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the firmware of a device is made with beside who it is.
 *
 * @param administrator name of the administrator
 * @param password his password
 * @param mode who owns the device; client control fixes the consent to everything
 * @param consent for what the user must consent at first
 * @param timing how long the PC takes for things
 * @param clock the real time
 * @param loop where everything of the device happens
 * @param background runs what takes longer than an event loop may, such as making keys
 */
public record FirmwareSettings(
        String administrator,
        String password,
        ControlMode mode,
        ConsentPolicy consent,
        MachineTiming timing,
        InstantSource clock,
        EventExecutor loop,
        Executor background) {
    /** Names no password. */
    @Override
    public String toString() {
        return "FirmwareSettings[administrator=" + administrator + ", mode=" + mode + ']';
    }
}
