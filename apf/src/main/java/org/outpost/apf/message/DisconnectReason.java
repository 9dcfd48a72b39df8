package org.outpost.apf.message;

/** Reasons of DISCONNECT that we send (apf.md section 2.6). */
public enum DisconnectReason {
    HOST_NOT_ALLOWED(1),
    PROTOCOL_ERROR(2),
    SERVICE_NOT_AVAILABLE(7),
    PROTOCOL_VERSION_NOT_SUPPORTED(8),
    CONNECTION_LOST(10),
    BY_APPLICATION(11),
    TOO_MANY_CONNECTIONS(12),
    NO_MORE_AUTH_METHODS(14),
    INVALID_CREDENTIALS(15),
    CONNECTION_TIMED_OUT(16);

    private final int code;

    DisconnectReason(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
