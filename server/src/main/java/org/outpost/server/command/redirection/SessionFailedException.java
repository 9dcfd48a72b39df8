package org.outpost.server.command.redirection;

/** A session with a device cannot be opened; the message is a sentence for people. */
public final class SessionFailedException extends Exception {
    private static final long serialVersionUID = 1;

    SessionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
