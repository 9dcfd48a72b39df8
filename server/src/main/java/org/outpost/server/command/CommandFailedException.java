package org.outpost.server.command;

/** A command could not do what it was asked; the message is for its user and says what to do. */
public class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The failure in one sentence or a few lines, without a full stop at the end. */
    public CommandFailedException(String message) {
        super(message);
    }

    /** The same, with what lies behind it. */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
