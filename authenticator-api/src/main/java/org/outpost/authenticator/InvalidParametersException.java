package org.outpost.authenticator;

/** The parameters of an authenticator cannot be used. */
public final class InvalidParametersException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param message what is wrong and what to write instead, for the administrator and the log;
     *     without the parameters themselves, which may hold a secret
     */
    public InvalidParametersException(String message) {
        super(message);
    }
}
