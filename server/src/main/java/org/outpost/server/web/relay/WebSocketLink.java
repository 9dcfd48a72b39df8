package org.outpost.server.web.relay;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A WebSocket as {@link WebSocketChannel} needs it. No method blocks. */
interface WebSocketLink {
    /** Asks for the next piece of a message; exactly one comes for each call. */
    void demand();

    /**
     * Sends a binary message; the next may be sent when this one is done.
     *
     * @param done told, on any thread, null or why it failed; until then the bytes stay as they are
     */
    void send(ByteBuffer bytes, Done done);

    /** Asks for a sign of life; one that answers is told to whom the link belongs. */
    void ping();

    /** Says good-bye and closes; a further call does nothing. */
    void close();

    /** Is told when something was sent. */
    interface Done {
        /** Null when it was sent. */
        void done(@Nullable Throwable failure);
    }
}
