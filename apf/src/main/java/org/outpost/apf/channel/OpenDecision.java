package org.outpost.apf.channel;

import io.netty.channel.ChannelHandler;

import org.outpost.apf.message.OpenFailureReason;

/** What becomes of a channel that the peer wants to open. */
public sealed interface OpenDecision {
    /**
     * The channel is opened.
     *
     * @param handler added to its pipeline first, usually a {@code ChannelInitializer}
     */
    record Accept(ChannelHandler handler) implements OpenDecision {}

    /** The channel is refused with CHANNEL_OPEN_FAILURE. */
    record Refuse(OpenFailureReason reason) implements OpenDecision {}
}
