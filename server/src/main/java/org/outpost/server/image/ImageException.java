package org.outpost.server.image;

/** An image cannot be stored; the message is a sentence for people. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why not. */
    public enum Reason {
        /** The name is none. */
        NAME,
        /** It is bigger than allowed, or than there is room. */
        SIZE
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
