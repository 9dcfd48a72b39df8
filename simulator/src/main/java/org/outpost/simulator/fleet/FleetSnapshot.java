package org.outpost.simulator.fleet;

import org.outpost.simulator.device.TunnelEnd;

import java.util.Map;

/**
 * A fleet at one moment; all but the first four count from the start.
 *
 * @param devices how many there are
 * @param connecting how many are connecting or signing in now
 * @param connected how many have announced all their ports now
 * @param channels channels open now
 * @param calls attempts to build a tunnel
 * @param established attempts that led to a tunnel with all ports announced
 * @param bytesReceived payload from consoles
 * @param bytesSent payload to consoles
 * @param ends how often a tunnel or an attempt ended, by cause
 */
public record FleetSnapshot(
        int devices,
        int connecting,
        int connected,
        int channels,
        long calls,
        long established,
        long bytesReceived,
        long bytesSent,
        Map<TunnelEnd, Long> ends) {
    /** Devices that wait for their next call. */
    public int pausing() {
        return devices - connecting - connected;
    }
}
