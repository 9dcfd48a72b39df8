package org.outpost.apf.channel;

import org.outpost.apf.message.OpenFailureReason;

import java.net.ConnectException;

/** The peer refused to open a channel (CHANNEL_OPEN_FAILURE), or no room was left to ask it. */
public final class ChannelOpenFailedException extends ConnectException {
    private final int reason;

    /**
     * Makes an exception.
     *
     * @param reason the code on the wire; see {@link OpenFailureReason}
     */
    public ChannelOpenFailedException(int reason) {
        super("the channel was refused, reason " + Integer.toUnsignedString(reason));
        this.reason = reason;
    }

    /** The code on the wire; see {@link OpenFailureReason}. */
    public int reason() {
        return reason;
    }

    /** Whether the device has no channel left, rather than nobody listening on the port. */
    public boolean isResourceShortage() {
        return reason == OpenFailureReason.RESOURCE_SHORTAGE.code();
    }
}
