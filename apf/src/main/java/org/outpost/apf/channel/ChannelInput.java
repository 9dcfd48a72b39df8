package org.outpost.apf.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;

import org.jspecify.annotations.Nullable;

/**
 * What the peer has sent on a channel and the consumer has not taken. A read hands all of it on;
 * the next read says that it was taken. Only the channel's loop uses it.
 */
final class ChannelInput {
    private final InboundQueue queue = new InboundQueue();
    private @Nullable LocalWindow window;
    private boolean wanted;
    private boolean delivering;
    private int delivered;

    /** The window that is announced to the peer. */
    void open(LocalWindow announced) {
        close();
        window = announced;
    }

    /**
     * Takes a payload over.
     *
     * @return false when the peer exceeded its window; the payload is released
     */
    boolean receive(ByteBuf payload) {
        LocalWindow open = window;
        if (open == null || !payload.isReadable()) {
            payload.release();
            return true;
        }
        if (!open.receive(payload.readableBytes())) {
            payload.release();
            return false;
        }
        queue.add(payload);
        return true;
    }

    /** The consumer wants more, and so has taken what it was given; returns what to grant. */
    long want(long now, long roundTripNanos) {
        wanted = true;
        LocalWindow open = window;
        if (delivered == 0 || open == null) {
            return 0;
        }
        int taken = delivered;
        delivered = 0;
        return open.consume(taken, now, roundTripNanos);
    }

    /** The consumer does not want any more now. */
    void unwant() {
        wanted = false;
    }

    /** Hands everything on, if somebody wants it. */
    void deliver(ChannelPipeline pipeline) {
        if (!wanted || delivering || queue.isEmpty()) {
            return;
        }
        wanted = false;
        delivering = true;
        try {
            for (ByteBuf payload = queue.poll(); payload != null; payload = queue.poll()) {
                delivered += payload.readableBytes();
                pipeline.fireChannelRead(payload);
            }
        } finally {
            delivering = false;
        }
        pipeline.fireChannelReadComplete();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** In how many pieces what was not taken is kept. */
    int pieces() {
        return queue.size();
    }

    /** Lets go of everything. */
    void close() {
        queue.release();
        LocalWindow open = window;
        window = null;
        if (open != null) {
            open.release();
        }
    }
}
