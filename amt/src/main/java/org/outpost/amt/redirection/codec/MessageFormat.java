package org.outpost.amt.redirection.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The messages of one protocol in one direction. The stream has no framing of its own: the first
 * byte tells the type, and each type has its own rule for its length (redirection.md, start).
 */
public interface MessageFormat {
    /** More bytes are needed before the length is known. */
    int LENGTH_UNKNOWN = -1;

    /** Whether a message of this type may come now; asked before its length is. */
    boolean accepts(int type);

    /**
     * Length of the whole message at the reader index, which it does not move.
     *
     * @throws RedirectionProtocolException when the announced length is above the limit
     */
    int length(int type, ByteBuf in);

    /** Reads the message; all of its bytes, and only those, are readable. */
    Object read(int type, ByteBuf message, ByteBufAllocator allocator);
}
