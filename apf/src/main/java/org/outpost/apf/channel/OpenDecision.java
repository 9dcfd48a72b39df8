package org.outpost.apf.channel;

import io.netty.channel.ChannelHandler;

import org.outpost.apf.message.OpenFailureReason;

import java.util.concurrent.CompletionStage;

/** What becomes of a channel that the peer wants to open. */
public sealed interface OpenDecision {
    /**
     * The channel is opened.
     *
     * @param handler added to its pipeline first, usually a {@code ChannelInitializer}
     */
    record Accept(ChannelHandler handler) implements OpenDecision {}

    /**
     * It is not known yet. The open counts as a channel meanwhile. When the tunnel ends before, the
     * answer is dropped: whoever has made something ready for it watches the tunnel.
     *
     * @param answer may complete on any thread; exceptionally for a failed connection
     */
    record Later(CompletionStage<OpenDecision> answer) implements OpenDecision {}

    /** The channel is refused with CHANNEL_OPEN_FAILURE. */
    record Refuse(OpenFailureReason reason) implements OpenDecision {}
}
