package org.outpost.apf.channel;

import java.util.concurrent.atomic.LongAdder;

/** What went through a tunnel's channels. Written by the tunnel's loop, read by any thread. */
public final class TunnelTraffic {
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private volatile int openChannels;

    /** Payload bytes from the peer. */
    public long bytesReceived() {
        return bytesReceived.sum();
    }

    /** Payload bytes to the peer. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    /** Channels in use now, being opened and being closed included. */
    public int openChannels() {
        return openChannels;
    }

    void received(int bytes) {
        bytesReceived.add(bytes);
    }

    void sent(int bytes) {
        bytesSent.add(bytes);
    }

    void setOpenChannels(int count) {
        openChannels = count;
    }
}
