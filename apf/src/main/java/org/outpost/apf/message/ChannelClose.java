package org.outpost.apf.message;

/**
 * CHANNEL_CLOSE (97). Sent once by each side (apf.md section 5).
 *
 * @param recipientChannel the receiver's number
 */
public record ChannelClose(int recipientChannel) implements ChannelMessage {}
