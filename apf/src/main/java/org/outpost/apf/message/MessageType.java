package org.outpost.apf.message;

/** The type byte of each message (apf.md section 2.1). */
public final class MessageType {
    public static final int DISCONNECT = 1;
    public static final int SERVICE_REQUEST = 5;
    public static final int SERVICE_ACCEPT = 6;
    public static final int USERAUTH_REQUEST = 50;
    public static final int USERAUTH_FAILURE = 51;
    public static final int USERAUTH_SUCCESS = 52;
    public static final int GLOBAL_REQUEST = 80;
    public static final int REQUEST_SUCCESS = 81;
    public static final int REQUEST_FAILURE = 82;
    public static final int CHANNEL_OPEN = 90;
    public static final int CHANNEL_OPEN_CONFIRMATION = 91;
    public static final int CHANNEL_OPEN_FAILURE = 92;
    public static final int CHANNEL_WINDOW_ADJUST = 93;
    public static final int CHANNEL_DATA = 94;
    public static final int CHANNEL_CLOSE = 97;
    public static final int PROTOCOLVERSION = 192;
    public static final int KEEPALIVE_REQUEST = 208;
    public static final int KEEPALIVE_REPLY = 209;
    public static final int KEEPALIVE_OPTIONS_REQUEST = 210;
    public static final int KEEPALIVE_OPTIONS_REPLY = 211;

    private MessageType() {}

    /** Whether the type is one that APF defines. */
    public static boolean isKnown(int type) {
        return switch (type) {
            case DISCONNECT,
                    SERVICE_REQUEST,
                    SERVICE_ACCEPT,
                    USERAUTH_REQUEST,
                    USERAUTH_FAILURE,
                    USERAUTH_SUCCESS,
                    GLOBAL_REQUEST,
                    REQUEST_SUCCESS,
                    REQUEST_FAILURE,
                    CHANNEL_OPEN,
                    CHANNEL_OPEN_CONFIRMATION,
                    CHANNEL_OPEN_FAILURE,
                    CHANNEL_WINDOW_ADJUST,
                    CHANNEL_DATA,
                    CHANNEL_CLOSE,
                    PROTOCOLVERSION,
                    KEEPALIVE_REQUEST,
                    KEEPALIVE_REPLY,
                    KEEPALIVE_OPTIONS_REQUEST,
                    KEEPALIVE_OPTIONS_REPLY ->
                    true;
            default -> false;
        };
    }
}
