package org.outpost.apf.message;

/**
 * CHANNEL_OPEN_FAILURE (92).
 *
 * @param recipientChannel the opener's number
 * @param reason unsigned 32 bits; see {@link OpenFailureReason}
 */
public record ChannelOpenFailure(int recipientChannel, int reason) implements ChannelMessage {
    /** A failure with one of the known reasons. */
    public ChannelOpenFailure(int recipientChannel, OpenFailureReason reason) {
        this(recipientChannel, reason.code());
    }
}
