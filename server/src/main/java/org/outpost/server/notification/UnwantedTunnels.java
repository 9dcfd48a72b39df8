package org.outpost.server.notification;

import org.outpost.gateway.tunnel.DisconnectCause;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.notification.delivery.TunnelCloser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Ends tunnels that a subscriber with authority does not want. Numbers begin anew in each process,
 * and verdicts may come late or twice, so number, device and time must all fit.
 */
final class UnwantedTunnels implements TunnelCloser {
    private static final Logger log = LoggerFactory.getLogger(UnwantedTunnels.class);

    private final Presence presence;

    UnwantedTunnels(Presence presence) {
        this.presence = presence;
    }

    @Override
    public void close(UUID device, long tunnel, Instant accepted) {
        if (presence.tunnel(tunnel).filter(now -> isIt(now, device, accepted)).isPresent()) {
            presence.end(tunnel, DisconnectCause.NOT_KEPT_BY_SUBSCRIBER);
        } else {
            log.atDebug()
                    .addKeyValue("device", device)
                    .addKeyValue("tunnel", tunnel)
                    .log("a subscriber does not want a tunnel that is gone already");
        }
    }

    private static boolean isIt(TunnelInfo now, UUID device, Instant accepted) {
        // The log of events keeps whole milliseconds.
        return now.device().id().equals(device)
                && !now.since().truncatedTo(ChronoUnit.MILLIS).isAfter(accepted);
    }
}
