package org.outpost.apf.channel;

import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * One APF channel as the multiplexer knows it. It outlives its {@link ApfChannel}: a number may not
 * be used again before the peer has answered our CLOSE.
 */
final class Link {
    final ApfChannel channel;
    final ApfAddress address;
    LinkState state;
    int localChannel;

    /** How often CHANNEL_OPEN was sent for it. */
    int attempts;

    /** Its place among those that wait: the lowest is served first, also after a refusal. */
    long turn;

    long openSentNanos;

    /** It was asked to close so that another finds room. */
    boolean reclaimed;

    /** Gives the number up when the peer does not answer. */
    @Nullable Future<?> patience;

    Link(ApfChannel channel, ApfAddress address, LinkState state) {
        this.channel = channel;
        this.address = address;
        this.state = state;
    }
}
