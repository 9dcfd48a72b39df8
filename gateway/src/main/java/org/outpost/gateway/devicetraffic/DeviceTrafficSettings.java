package org.outpost.gateway.devicetraffic;

import java.time.Duration;

/**
 * Where devices' channels and datagrams may go, and what they may cost.
 *
 * @param events what means the listener for WS-Events in this process; TCP channels only
 * @param traps what means the listener for PETs in this process; datagrams only
 * @param identify whether a channel to an allowed address begins with a PROXY header of version 2
 *     that tells the device's address and, as its authority, its UUID
 * @param channelsPerDevice channels at once that one device opened or is opening; consoles need the
 *     rest
 * @param datagramsPerSecond of one device; five times as many at once
 * @param eventsPerSecond posted by one device, over all its channels; five times as many at once
 * @param connect for a connection to an allowed address
 * @param post for one event, from the end of the one before
 */
public record DeviceTrafficSettings(
        Destinations events,
        Destinations traps,
        boolean identify,
        int channelsPerDevice,
        int datagramsPerSecond,
        int eventsPerSecond,
        Duration connect,
        Duration post) {}
