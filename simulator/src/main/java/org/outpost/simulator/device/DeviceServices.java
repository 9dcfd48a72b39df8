package org.outpost.simulator.device;

import org.outpost.simulator.amt.AmtCredentials;
import org.outpost.simulator.amt.DeviceTls;
import org.outpost.simulator.amt.Nonces;

import java.time.InstantSource;

/**
 * What all devices of a process share for their services.
 *
 * @param credentials who may sign in at the devices
 * @param nonces of their challenges
 * @param tls their TLS servers
 * @param clock their clock
 * @param requestsPerConnection HTTP requests before a device closes the connection, from 1
 */
public record DeviceServices(
        AmtCredentials credentials,
        Nonces nonces,
        DeviceTls tls,
        InstantSource clock,
        int requestsPerConnection) {}
