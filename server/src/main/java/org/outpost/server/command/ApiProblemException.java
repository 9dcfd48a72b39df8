package org.outpost.server.command;

/** The server answered with a status that says no; its own words are the message. */
public final class ApiProblemException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String detail;

    /**
     * An answer that says no.
     *
     * @param code by which programs tell failures of devices apart; empty when the answer has none
     * @param detail what the server says beside the name of the status; empty when it says nothing
     */
    ApiProblemException(int status, String code, String detail, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    /** The HTTP status, 300 to 599. */
    public int status() {
        return status;
    }

    /** Such as {@code offline} or {@code authentication}; empty when the answer has none. */
    public String code() {
        return code;
    }

    /** The server's sentences without the name of the status, else the whole message. */
    public String sentences() {
        return detail.isEmpty() ? String.valueOf(getMessage()) : detail;
    }
}
