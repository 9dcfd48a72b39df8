package org.outpost.amt.redirection.message;

/** Status of AuthenticateSessionReply. */
public final class AuthenticationStatus {
    /** Signed in; or, with method 0, the list of methods. */
    public static final int SUCCESS = 0;

    /** Refused; or, with a digest method and data, a challenge. */
    public static final int FAILURE = 1;

    /** The device does not take this method. */
    public static final int UNSUPPORTED = 2;

    private AuthenticationStatus() {}
}
