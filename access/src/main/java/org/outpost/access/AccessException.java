package org.outpost.access;

/** Something that cannot be done, in a sentence for the person who asked. */
public final class AccessException extends RuntimeException {
    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** What was asked for makes no sense. */
        INVALID,
        /** There is nothing of that name. */
        NOT_FOUND,
        /** It exists already, or is still in use. */
        CONFLICT,
        /** The asker may not. */
        DENIED
    }

    /** Says what is wrong and what to do. */
    public AccessException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The message is there always. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
