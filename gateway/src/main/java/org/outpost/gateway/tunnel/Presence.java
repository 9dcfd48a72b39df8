package org.outpost.gateway.tunnel;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Which devices are connected, and by which tunnel. May be asked on any thread; waits for nobody.
 */
public interface Presence {
    /**
     * All tunnels in the running state, in the order of their numbers. Each is whole in itself; the
     * list may miss what changed meanwhile.
     */
    List<TunnelInfo> tunnels();

    /** The tunnel with this number. */
    Optional<TunnelInfo> tunnel(long id);

    /**
     * The tunnel of a device.
     *
     * @param device its {@link DeviceKey#id()}
     */
    Optional<TunnelInfo> tunnelOf(UUID device);

    /**
     * Ends a tunnel by APF_DISCONNECT(11, by application) and a close; the device may call again.
     *
     * @return completes with whether there was such a tunnel, when it is gone
     */
    default CompletionStage<Boolean> reset(long id) {
        return end(id, DisconnectCause.RESET_BY_OPERATOR);
    }

    /**
     * Ends a tunnel like {@link #reset}, for another cause.
     *
     * @return completes with whether there was such a tunnel, when it is gone
     */
    CompletionStage<Boolean> end(long id, DisconnectCause because);
}
