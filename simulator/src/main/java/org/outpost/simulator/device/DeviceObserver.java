package org.outpost.simulator.device;

import org.outpost.apf.channel.TunnelTraffic;
import org.outpost.simulator.identity.DeviceProfile;

/**
 * Hears what becomes of devices. Called on their event loops; must not block. Does nothing unless
 * overridden.
 */
public interface DeviceObserver {
    /** A device begins to build a tunnel. */
    default void connecting(DeviceProfile device) {}

    /** A device has announced all its ports. */
    default void connected(DeviceProfile device) {}

    /**
     * A tunnel, or the attempt to build one, ended.
     *
     * @param wasConnected whether {@link #connected} was said
     * @param detail for people; may hold what the server said
     */
    default void ended(DeviceProfile device, boolean wasConnected, TunnelEnd end, String detail) {}

    /** A tunnel is there whose traffic counts from now on. */
    default void opened(TunnelTraffic traffic) {}

    /** A tunnel's traffic will not change any more. */
    default void closed(TunnelTraffic traffic) {}
}
