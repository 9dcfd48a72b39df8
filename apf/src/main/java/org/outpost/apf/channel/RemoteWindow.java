package org.outpost.apf.channel;

/** What we may still send on a channel. Only the channel's loop uses it. */
final class RemoteWindow {
    private static final long MAX = 0xFFFF_FFFFL;

    private final long initial;
    private long available;

    RemoteWindow(long initial) {
        this.initial = initial;
        this.available = initial;
    }

    long available() {
        return available;
    }

    /** Whether the peer still owes credit, so that a later adjustment is sure to come. */
    boolean isPartlyUsed() {
        return available < initial;
    }

    void use(int bytes) {
        if (bytes > available) {
            throw new IllegalStateException("window " + available + " exceeded by " + bytes);
        }
        available -= bytes;
    }

    /**
     * RFC 4254 section 5.2: "The window size MUST NOT exceed 2^32 - 1 bytes"; a peer that overfills
     * it is held at that value, as LMS does.
     */
    void adjust(long bytesToAdd) {
        available = Math.min(MAX, available + bytesToAdd);
    }
}
