package org.outpost.gateway.tunnel;

import java.util.Locale;

/** Why a connection to the tunnel door ended, or never became a tunnel. One metric label each. */
public enum DisconnectCause {
    /** The device sent DISCONNECT. */
    DEVICE_DISCONNECT,
    /** The connection broke without a word. */
    CONNECTION_LOST,
    /** A newer tunnel of the same device took its place. */
    REPLACED,
    /** Somebody reset it by command line or API. */
    RESET_BY_OPERATOR,
    /** The server stops. */
    SHUTDOWN,
    /** Silent for longer than the keep-alives allow. */
    KEEPALIVE_TIMEOUT,
    /** The device broke the protocol. */
    PROTOCOL_ERROR,
    /** The device caused replies faster than it took them. */
    CONTROL_BACKLOG,
    /** Three times wrong credentials. */
    AUTHENTICATION_FAILED,
    /** Nobody could check the credentials. */
    AUTHENTICATION_UNAVAILABLE,
    /** The UUID is bound to another credential. */
    OTHER_BINDING,
    /** The credential has recorded as many devices as it may. */
    CREDENTIAL_FULL,
    /** Unknown devices are not admitted. */
    UNKNOWN_DEVICE,
    /** As many tunnels are open as are allowed. */
    TOO_MANY_TUNNELS,
    /** As many handshakes are going on or waiting as are allowed. */
    TOO_MANY_HANDSHAKES,
    /** The address connects too often, or has too many connections. */
    ADDRESS_LIMIT,
    /** TLS could not be agreed on. */
    TLS_FAILED,
    /** TLS was not finished in time. */
    TLS_TIMEOUT,
    /** PROTOCOLVERSION did not come in time. */
    VERSION_TIMEOUT,
    /** Credentials did not come in time. */
    CREDENTIALS_TIMEOUT,
    /** No port was forwarded in time. */
    FORWARD_TIMEOUT,
    /** A browser or a health check, not a device. */
    HTTP_PROBE;

    /** The value of the metric label and of the log key. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
