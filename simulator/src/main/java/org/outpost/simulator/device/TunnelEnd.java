package org.outpost.simulator.device;

/** Why a tunnel, or the attempt to build one, ended. */
public enum TunnelEnd {
    /** No TCP connection. */
    CONNECT_FAILED("connect-failed"),
    /** No TLS: certificate, version or suite. */
    TLS_FAILED("tls-failed"),
    /** User name or password refused. */
    LOGIN_REFUSED("login-refused"),
    /** The server said DISCONNECT. */
    DISCONNECTED("disconnected"),
    /** The server broke the protocol. */
    PROTOCOL_ERROR("protocol-error"),
    /** The connection ended without a DISCONNECT. */
    LOST("lost"),
    /** The device itself ended it: it leaves, or its mood made it so. */
    OWN("own");

    private final String label;

    TunnelEnd(String label) {
        this.label = label;
    }

    /** The name in progress lines. */
    public String label() {
        return label;
    }
}
