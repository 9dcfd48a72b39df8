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
    /** An authoritative subscriber did not want to keep it (mps-soap.md §3.1). */
    NOT_KEPT_BY_SUBSCRIBER,
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
    /** The client certificate of the TLS session is not good (any more), or there is none. */
    CERTIFICATE_REFUSED,
    /** Nobody could say whether the client certificate is good. */
    CERTIFICATE_UNAVAILABLE,
    /** PROTOCOLVERSION did not come in time. */
    VERSION_TIMEOUT,
    /** Credentials did not come in time. */
    CREDENTIALS_TIMEOUT,
    /** No port was forwarded in time. */
    FORWARD_TIMEOUT,
    /** A browser or a health check, not a device. */
    HTTP_PROBE,
    /** The listener is not for this peer. */
    PEER_NOT_ALLOWED,
    /** A PROXY header was missing, broken, or came from a peer that may not send one. */
    PROXY_HEADER_REFUSED,
    /** A trusted peer's PROXY header did not come in time. */
    PROXY_HEADER_TIMEOUT,
    /** A load balancer looked whether we are there. */
    HEALTH_CHECK;

    /** The value of the metric label and of the log key. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
