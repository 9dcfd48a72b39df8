package org.outpost.apf.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Cuts the payload of one CHANNEL_DATA off an outbound buffer. Large buffers are sliced; small ones
 * that wait in a row are put together, since firmware works better with few large messages
 * (seeds/mps-article section 6.2).
 */
final class OutboundChunk {
    private static final int SMALL = 4 * 1024;

    /**
     * The end of a chunked HTTP body. AMT's HTTP server rejects a request when it comes in two
     * messages (apf.md section 9, Q7).
     */
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private OutboundChunk() {}

    /**
     * How many bytes may go in one message now, so that the end of a chunked body stays whole. When
     * the window has no room for that end, it is waited for the credit that the peer still owes.
     *
     * @param limit bytes in one message; exceeded by at most four, for the end of a chunked body
     * @return 0 for nothing now
     */
    static int sendable(ChannelOutboundBuffer in, RemoteWindow window, int limit) {
        int most = (int) Math.min(limit, window.available());
        if (most <= 0) {
            return 0;
        }
        int waiting = flushedBytes(in, most + LAST_CHUNK.length);
        int left = waiting - most;
        if (left <= 0) {
            return waiting;
        }
        if (left >= LAST_CHUNK.length || !endsWithLastChunk(in, waiting)) {
            return most;
        }
        int before = waiting - LAST_CHUNK.length;
        if (before > 0) {
            return before;
        }
        if (window.available() >= LAST_CHUNK.length) {
            // It is the turn that is short: a few bytes over it do no harm.
            return LAST_CHUNK.length;
        }
        return window.isPartlyUsed() ? 0 : most;
    }

    /**
     * Takes the next payload. The caller removes as many bytes from the outbound buffer.
     *
     * @param length what {@link #sendable} returned, not 0
     * @return 1 to {@code length} bytes
     */
    static ByteBuf cut(ChannelOutboundBuffer in, int length, ByteBufAllocator alloc) {
        if (in.current() instanceof ByteBuf first) {
            int ready = first.readableBytes();
            int behind = length - ready;
            if (behind <= 0 || (ready >= SMALL && behind >= LAST_CHUNK.length)) {
                return first.retainedSlice(first.readerIndex(), Math.min(length, ready));
            }
        }
        ByteBuf gathered = alloc.buffer(length);
        forEach(
                in,
                message -> {
                    int part = Math.min(message.readableBytes(), length - gathered.readableBytes());
                    gathered.writeBytes(message, message.readerIndex(), part);
                    return gathered.readableBytes() < length;
                });
        return gathered;
    }

    /** Bytes that were flushed and wait; counted no further than needed. */
    private static int flushedBytes(ChannelOutboundBuffer in, int enough) {
        long[] sum = {0};
        forEach(
                in,
                message -> {
                    sum[0] += message.readableBytes();
                    return sum[0] < enough;
                });
        return (int) Math.min(sum[0], enough);
    }

    private static boolean endsWithLastChunk(ChannelOutboundBuffer in, int waiting) {
        if (waiting < LAST_CHUNK.length) {
            return false;
        }
        int[] position = {LAST_CHUNK.length - waiting};
        boolean[] same = {true};
        forEach(
                in,
                message -> {
                    int from = Math.max(0, -position[0]);
                    for (int i = from; i < message.readableBytes() && same[0]; i++) {
                        byte found = message.getByte(message.readerIndex() + i);
                        same[0] = found == LAST_CHUNK[position[0] + i];
                    }
                    position[0] += message.readableBytes();
                    return same[0];
                });
        return same[0];
    }

    private static void forEach(ChannelOutboundBuffer in, ByteBufVisitor visitor) {
        try {
            in.forEachFlushedMessage(
                    message -> message instanceof ByteBuf bytes && visitor.visit(bytes));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface ByteBufVisitor {
        /** Whether to go on. */
        boolean visit(ByteBuf message);
    }
}
