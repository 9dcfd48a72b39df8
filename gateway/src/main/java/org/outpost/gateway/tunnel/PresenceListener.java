package org.outpost.gateway.tunnel;

import java.time.Instant;

/**
 * Hears which devices come and go. A port: {@code inventory} tells those who asked to be told.
 *
 * <p>Of one device the calls always alternate: connected, perhaps settled, disconnected, connected.
 * A tunnel that a newer one replaces is reported as disconnected before the newer one is reported;
 * its later close is reported to nobody. Calls about one device never overlap.
 *
 * <p>All methods are called on event loops, under a lock of that device's entry: they hand over and
 * return, block nowhere, ask nothing of the tunnels, and throw nothing.
 */
public interface PresenceListener {
    /** For those who need not know. */
    PresenceListener NONE =
            new PresenceListener() {
                @Override
                public void connected(ConnectedDevice device) {}

                @Override
                public void settled(ConnectedDevice device, Announced announced) {}

                @Override
                public void disconnected(
                        ConnectedDevice device,
                        Announced announced,
                        DisconnectCause cause,
                        Instant time) {}
            };

    /** The device is about to be told that it is accepted (USERAUTH_SUCCESS). */
    void connected(ConnectedDevice device);

    /**
     * What the device announces has come to rest: its names, addresses and ports are known. Not
     * called when the tunnel ends before.
     */
    void settled(ConnectedDevice device, Announced announced);

    /**
     * The tunnel is no more, or no longer the device's.
     *
     * @param announced what was known in the end
     */
    void disconnected(
            ConnectedDevice device, Announced announced, DisconnectCause cause, Instant time);
}
