package org.outpost.amt.redirection.gateway;

/** Lengths of the messages of one protocol, of both directions; what counts as somebody's doing. */
interface MessageRule {
    /** Most bytes that may be needed to know a length. */
    int LONGEST_HEAD = 32;

    /** A type that is not known. */
    int UNKNOWN = 0;

    /** Bytes in front of the first message. */
    default int prelude() {
        return 0;
    }

    /** How many bytes tell the length of a message of this type; {@link #UNKNOWN} for no type. */
    int headLength(int type);

    /** Length of the message with this head, from the head's length on. */
    long length(byte[] head);

    /** Whether such a message is somebody's doing, and not a heartbeat. */
    boolean isActivity(int type);

    /** Whether what follows the head is text of the screen. */
    default boolean isScreen(int type) {
        return false;
    }

    /** Two bytes, the lower first. */
    static int little(byte[] head, int at) {
        return (head[at] & 0xFF) | (head[at + 1] & 0xFF) << 8;
    }

    /** Two bytes, the higher first. */
    static int big(byte[] head, int at) {
        return (head[at] & 0xFF) << 8 | (head[at + 1] & 0xFF);
    }
}
