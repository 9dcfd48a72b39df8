package org.outpost.apf.message;

/** Reasons of CHANNEL_OPEN_FAILURE (apf.md section 2.10; RFC 4254 section 5.1). */
public enum OpenFailureReason {
    ADMINISTRATIVELY_PROHIBITED(1),
    CONNECT_FAILED(2),
    UNKNOWN_CHANNEL_TYPE(3),
    RESOURCE_SHORTAGE(4);

    private final int code;

    OpenFailureReason(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
