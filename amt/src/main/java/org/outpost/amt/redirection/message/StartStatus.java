package org.outpost.amt.redirection.message;

/** Status of StartRedirectionSessionReply. */
public final class StartStatus {
    /** The session may sign in now. */
    public static final int SUCCESS = 0;

    /** The kind is not known or not allowed. */
    public static final int NOT_ALLOWED = 1;

    /** Another session of the kind is open. */
    public static final int BUSY = 2;

    /** The device cannot do this kind. */
    public static final int UNSUPPORTED = 3;

    /** Anything else. */
    public static final int ERROR = 0xFF;

    private StartStatus() {}
}
