package org.outpost.apf.channel;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Payloads that came in and that nobody has read yet. Small ones are put together, so that a peer
 * that sends single bytes costs no more memory than one that sends blocks.
 */
final class InboundQueue {
    private static final int SMALL = 1024;
    private static final int MERGE_UP_TO = 8 * 1024;

    private final ArrayDeque<ByteBuf> payloads = new ArrayDeque<>();
    private boolean lastIsOurs;

    void add(ByteBuf payload) {
        boolean small = payload.readableBytes() < SMALL;
        ByteBuf last = payloads.peekLast();
        if (last != null
                && lastIsOurs
                && small
                && last.readableBytes() + payload.readableBytes() <= MERGE_UP_TO) {
            last.writeBytes(payload);
            payload.release();
            return;
        }
        payloads.add(payload);
        lastIsOurs = small;
    }

    @Nullable ByteBuf poll() {
        return payloads.poll();
    }

    int size() {
        return payloads.size();
    }

    boolean isEmpty() {
        return payloads.isEmpty();
    }

    void release() {
        for (ByteBuf payload = payloads.poll(); payload != null; payload = payloads.poll()) {
            payload.release();
        }
    }
}
