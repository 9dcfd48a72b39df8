package org.outpost.apf.message;

/**
 * CHANNEL_OPEN_CONFIRMATION (91).
 *
 * @param recipientChannel the opener's number
 * @param senderChannel the acceptor's number
 * @param initialWindow bytes that the opener may send, 0 to 2^32 - 1
 */
public record ChannelOpenConfirmation(int recipientChannel, int senderChannel, long initialWindow)
        implements ChannelMessage {}
