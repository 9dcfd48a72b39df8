package org.outpost.gateway.tunnel;

/** What is awaited from a connection that is not a running tunnel yet. */
enum HandshakeStage {
    TLS(DisconnectCause.TLS_TIMEOUT),
    VERSION(DisconnectCause.VERSION_TIMEOUT),
    CREDENTIALS(DisconnectCause.CREDENTIALS_TIMEOUT),
    FORWARD(DisconnectCause.FORWARD_TIMEOUT);

    private final DisconnectCause timeout;

    HandshakeStage(DisconnectCause timeout) {
        this.timeout = timeout;
    }

    DisconnectCause timeout() {
        return timeout;
    }
}
