package org.outpost.gateway.tunnel;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A device and the tunnel by which it is connected, as far as it never changes.
 *
 * @param tunnel the tunnel's number, never used again while this process lives
 * @param key who it is
 * @param principal what its credentials stand for
 * @param address where it calls from
 * @param since when it was accepted
 * @param trigger why it called in: the number in its PROTOCOLVERSION (apf.md §2.3), 0 to 2^32-1
 */
public record ConnectedDevice(
        long tunnel,
        DeviceKey key,
        String principal,
        InetSocketAddress address,
        Instant since,
        long trigger) {}
