package org.outpost.simulator.impairment;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPromise;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** The bytes under way in one direction, in their order, with the time each comes out. */
final class TravelQueue {
    /**
     * Bytes that travel together.
     *
     * @param due when they come out
     * @param promise to be kept when they have left; null for all but the last piece of a write
     */
    record Piece(ByteBuf bytes, long due, @Nullable ChannelPromise promise) {}

    private final LinkModel model;
    private final int pieceSize;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int bytes;

    /** Kept by the {@link LinkHandler}: a timer for the first piece runs. */
    boolean ticking;

    TravelQueue(LinkModel model, int pieceSize) {
        this.model = model;
        this.pieceSize = pieceSize;
    }

    /** Takes the buffer over. */
    void add(ByteBuf buffer, @Nullable ChannelPromise promise, long now) {
        while (buffer.readableBytes() > pieceSize) {
            put(buffer.readRetainedSlice(pieceSize), null, now);
        }
        put(buffer, promise, now);
    }

    private void put(ByteBuf buffer, @Nullable ChannelPromise promise, long now) {
        bytes += buffer.readableBytes();
        pieces.add(new Piece(buffer, model.out(now, buffer.readableBytes()), promise));
    }

    /** The first piece if it comes out by now; it is the caller's then. */
    @Nullable Piece poll(long now) {
        Piece first = pieces.peek();
        return first == null || first.due() > now ? null : poll();
    }

    /** The first piece, whenever it is due. */
    @Nullable Piece poll() {
        Piece first = pieces.poll();
        if (first != null) {
            bytes -= first.bytes().readableBytes();
        }
        return first;
    }

    /** Throws everything away. */
    void drop(Throwable cause) {
        for (Piece piece = poll(); piece != null; piece = poll()) {
            piece.bytes().release();
            ChannelPromise promise = piece.promise();
            if (promise != null && !promise.isVoid()) {
                promise.tryFailure(cause);
            }
        }
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    /** When the first piece comes out; only when there is one. */
    long firstDue() {
        return pieces.getFirst().due();
    }
}
