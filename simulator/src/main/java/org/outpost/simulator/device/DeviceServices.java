package org.outpost.simulator.device;

import io.netty.util.concurrent.EventExecutor;

import org.outpost.simulator.amt.AmtCredentials;
import org.outpost.simulator.amt.DeviceTls;
import org.outpost.simulator.amt.Nonces;
import org.outpost.simulator.fault.FaultPlan;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.FirmwareSettings;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.MachineTiming;
import org.outpost.simulator.wsman.Catalog;
import org.outpost.simulator.wsman.model.AmtModel;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What all devices of a process share for their services.
 *
 * @param credentials who may sign in at the devices
 * @param nonces of their challenges
 * @param tls their TLS servers
 * @param clock their clock
 * @param requestsPerConnection HTTP requests before a device closes the connection, from 1
 * @param mode who owns the devices
 * @param consent for what their users must consent at first
 * @param faults what goes wrong on them
 * @param catalog the classes of their model
 * @param background runs what takes longer than an event loop may
 */
public record DeviceServices(
        AmtCredentials credentials,
        Nonces nonces,
        DeviceTls tls,
        InstantSource clock,
        int requestsPerConnection,
        ControlMode mode,
        ConsentPolicy consent,
        FaultPlan faults,
        Catalog catalog,
        Executor background) {
    /** Services of devices that the organisation owns, without consent and without faults. */
    public DeviceServices(
            AmtCredentials credentials,
            Nonces nonces,
            DeviceTls tls,
            InstantSource clock,
            int requestsPerConnection,
            Executor background) {
        this(
                credentials,
                nonces,
                tls,
                clock,
                requestsPerConnection,
                ControlMode.ADMIN,
                ConsentPolicy.NONE,
                FaultPlan.NONE,
                AmtModel.catalog(),
                background);
    }

    FirmwareSettings firmware(EventExecutor loop) {
        return new FirmwareSettings(
                credentials.user(),
                credentials.password(),
                mode,
                consent,
                MachineTiming.USUAL,
                clock,
                loop,
                background);
    }
}
