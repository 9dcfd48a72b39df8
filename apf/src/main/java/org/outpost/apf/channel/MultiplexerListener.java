package org.outpost.apf.channel;

/** Hears what the peer did wrong, for logs and metrics. Called on the tunnel's loop. */
public interface MultiplexerListener {
    /** Ignores everything. */
    MultiplexerListener NONE = new MultiplexerListener() {};

    /** The peer sent more than twice the window; that channel was closed. */
    default void windowExceeded(ApfAddress channel) {}

    /** A message came for a channel that does not exist; it was dropped. */
    default void unknownChannel(int number) {}

    /** The peer never answered our CLOSE. */
    default void closeUnanswered(ApfAddress channel) {}

    /** The peer refused to open a channel; it may be tried again. */
    default void openFailed(ApfAddress channel, int reason, boolean willRetry) {}

    /** An idle channel was closed so that a waiting one finds room. */
    default void reclaimed(ApfAddress channel) {}

    /** The peer wanted to open a channel and was refused. */
    default void openRefused(ApfAddress channel, int reason) {}
}
