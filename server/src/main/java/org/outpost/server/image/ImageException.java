package org.outpost.server.image;

/** An image cannot be stored; the message is a sentence for people. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why not. */
    public enum Reason {
        /** The name is none. */
        NAME,
        /** It is empty, or bigger than allowed. */
        SIZE,
        /** The disk has no room for it. */
        ROOM
    }

    ImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }
}
