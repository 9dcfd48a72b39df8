package org.outpost.apf.channel;

import io.netty.channel.ChannelOption;

/** Options of channels to devices, beyond Netty's own. */
public final class ApfChannelOption {
    /**
     * After how many milliseconds without traffic the channel may be closed to make room for
     * another that waits for a free one: 0 at once, -1 (the default) never.
     */
    public static final ChannelOption<Long> RECLAIM_AFTER_IDLE_MILLIS =
            ChannelOption.valueOf(ApfChannelOption.class, "RECLAIM_AFTER_IDLE_MILLIS");

    /** The channel's share when several want to send: 1 to 64 turns at a time, 1 by default. */
    public static final ChannelOption<Integer> WEIGHT =
            ChannelOption.valueOf(ApfChannelOption.class, "WEIGHT");

    private ApfChannelOption() {}
}
