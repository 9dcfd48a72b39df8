package org.outpost.gateway.splice;

import io.netty.channel.socket.ChannelOutputShutdownException;

import java.nio.channels.ClosedChannelException;

/**
 * A write that fails because the other side has closed says no more than that: what it sent before
 * may still wait to be read, and the channel's own end comes after it.
 */
public final class EndedChannel {
    private EndedChannel() {}

    /** Whether this is why a write failed. */
    public static boolean saidBy(Throwable cause) {
        return cause instanceof ClosedChannelException
                || cause instanceof ChannelOutputShutdownException;
    }
}
