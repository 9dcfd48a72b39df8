package org.outpost.amt.redirection.message;

/** First bytes of the session messages (redirection.md §1). */
public final class MessageCode {
    /** StartRedirectionSession. */
    public static final int START_SESSION = 0x10;

    /** StartRedirectionSessionReply. */
    public static final int START_SESSION_REPLY = 0x11;

    /** EndRedirectionSession. */
    public static final int END_SESSION = 0x12;

    /** AuthenticateSession. */
    public static final int AUTHENTICATE = 0x13;

    /** AuthenticateSessionReply. */
    public static final int AUTHENTICATE_REPLY = 0x14;

    private MessageCode() {}
}
