package org.outpost.inventory.notification.delivery;

import java.time.Instant;
import java.util.UUID;

/** Ends the tunnel of a device that a subscriber with authority does not want. */
@FunctionalInterface
public interface TunnelCloser {
    /**
     * Ends the tunnel, if it is still the one that the subscriber was asked about. An event may be
     * delivered again after a restart, when its number belongs to the tunnel of somebody else.
     *
     * @param device {@code DeviceKey.id()}
     * @param tunnel its number in the process that recorded the event
     * @param accepted when that tunnel was accepted, cut to whole milliseconds or finer
     */
    void close(UUID device, long tunnel, Instant accepted);
}
