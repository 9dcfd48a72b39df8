package org.outpost.apf.channel;

import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;

/** Decides on channels that the peer wants to open. Called on the tunnel's loop; must not block. */
@FunctionalInterface
public interface ChannelAcceptor {
    /** Refuses every channel: administratively prohibited. */
    ChannelAcceptor NONE =
            open -> new OpenDecision.Refuse(OpenFailureReason.ADMINISTRATIVELY_PROHIBITED);

    /** Decides. */
    OpenDecision decide(ChannelOpen open);
}
