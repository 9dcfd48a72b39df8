package org.outpost.apf.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** CHANNEL_DATA (94). Owns its payload; only the payload counts against the window. */
public final class ChannelData extends DefaultByteBufHolder implements ChannelMessage {
    private final int recipientChannel;

    /**
     * Makes a message.
     *
     * @param recipientChannel the receiver's number
     * @param payload possibly empty; ownership passes to the message
     */
    public ChannelData(int recipientChannel, ByteBuf payload) {
        super(payload);
        this.recipientChannel = recipientChannel;
    }

    /** The receiver's number of the channel. */
    public int recipientChannel() {
        return recipientChannel;
    }

    @Override
    public ChannelData replace(ByteBuf content) {
        return new ChannelData(recipientChannel, content);
    }
}
