package org.outpost.server.command;

/** The server answered with a status that says no; its own words are the message. */
public final class ApiProblemException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiProblemException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status, 300 to 599. */
    public int status() {
        return status;
    }
}
