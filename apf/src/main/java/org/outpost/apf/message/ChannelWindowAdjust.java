package org.outpost.apf.message;

/**
 * CHANNEL_WINDOW_ADJUST (93).
 *
 * @param recipientChannel the receiver's number
 * @param bytesToAdd 0 to 2^32 - 1
 */
public record ChannelWindowAdjust(int recipientChannel, long bytesToAdd)
        implements ChannelMessage {}
