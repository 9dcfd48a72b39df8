package org.outpost.amt.redirection.message;

/** Methods of AuthenticateSession. */
public final class AuthenticationMethod {
    /** Asks for the list of methods. */
    public static final int QUERY = 0;

    /** User name and password in clear. */
    public static final int CLEAR_TEXT = 1;

    /** Digest without quality of protection, as in RFC 2069. */
    public static final int OLD_DIGEST = 3;

    /** HTTP's digest with {@code qop=auth}. */
    public static final int DIGEST = 4;

    private AuthenticationMethod() {}
}
