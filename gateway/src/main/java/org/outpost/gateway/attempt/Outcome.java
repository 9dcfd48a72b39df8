package org.outpost.gateway.attempt;

import java.util.Locale;
import java.util.Optional;

/** What became of a connection to the tunnel door. The names are stored: they never change. */
public enum Outcome {
    /** The address connects too often, or has too many connections. */
    ADDRESS_LIMIT(Kind.FAILURE),
    /** As many handshakes are going on or waiting as are allowed. */
    HANDSHAKE_LIMIT(Kind.FAILURE),
    /** As many tunnels are open as are allowed. */
    TUNNEL_LIMIT(Kind.FAILURE),
    /** The PROXY protocol header was missing, late, broken, or from a peer that may send none. */
    PROXY_HEADER(Kind.FAILURE),
    /** It connected, said nothing and hung up, or was cut off for its silence. */
    NOTHING_SENT(Kind.FAILURE),
    /** What came first is not TLS. */
    NOT_TLS(Kind.FAILURE),
    /** A browser or a health check. */
    HTTP_PROBE(Kind.FAILURE),
    /** TLS was not finished in time. */
    TLS_TIMEOUT(Kind.FAILURE),
    /** The device hung up in the middle of TLS and sent no alert. */
    CLOSED_IN_TLS(Kind.FAILURE),
    /** The device's alert unknown_ca: it does not know our root. */
    CA_NOT_TRUSTED(Kind.FAILURE),
    /**
     * The device's alert bad_certificate, unsupported_certificate, certificate_unknown or alike.
     */
    CERTIFICATE_REFUSED(Kind.FAILURE),
    /** The device's alert certificate_expired: by its clock our certificate is not valid now. */
    CERTIFICATE_EXPIRED(Kind.FAILURE),
    /** No version of TLS that both speak. */
    NO_COMMON_TLS_VERSION(Kind.FAILURE),
    /** No cipher suite or signature algorithm that both have. */
    NO_COMMON_CIPHER(Kind.FAILURE),
    /** We want a client certificate, and the device showed none. */
    CLIENT_CERTIFICATE_MISSING(Kind.FAILURE),
    /** The device's own certificate is not good: unknown authority, expired or revoked. */
    CLIENT_CERTIFICATE_REFUSED(Kind.FAILURE),
    /** Nobody could say whether the device's own certificate is good. */
    CLIENT_CERTIFICATE_UNCHECKED(Kind.FAILURE),
    /** TLS failed in another way. */
    TLS_FAILED(Kind.FAILURE),
    /** The peer broke the APF protocol. */
    PROTOCOL_ERROR(Kind.FAILURE),
    /** PROTOCOLVERSION did not come in time. */
    VERSION_TIMEOUT(Kind.FAILURE),
    /** Credentials did not come in time. */
    CREDENTIALS_TIMEOUT(Kind.FAILURE),
    /** The device hung up after TLS and before it showed credentials. */
    CLOSED_BEFORE_SIGN_IN(Kind.FAILURE),
    /** Neither a password nor a certificate. */
    NO_CREDENTIALS(Kind.FAILURE),
    /** An unknown user, or a wrong password. */
    WRONG_CREDENTIALS(Kind.FAILURE),
    /** Nobody could check the credentials. */
    SIGN_IN_UNAVAILABLE(Kind.FAILURE),
    /** The UUID is bound to another credential. */
    OTHER_BINDING(Kind.FAILURE),
    /** The credential has recorded as many devices as it may. */
    CREDENTIAL_FULL(Kind.FAILURE),
    /** Unknown devices are not admitted. */
    UNKNOWN_DEVICE(Kind.FAILURE),
    /** Gone while it was held, because tunnels of its UUID replaced each other too often. */
    HELD(Kind.FAILURE),
    /** Let in, and no port was forwarded in time. */
    FORWARD_TIMEOUT(Kind.FAILURE),
    /** Let in, and gone before a port was forwarded. */
    CLOSED_BEFORE_FORWARD(Kind.FAILURE),
    /** The server stopped before the connection had become a tunnel. */
    SERVER_STOPPED(Kind.FAILURE),

    /** A tunnel stands. */
    CONNECTED(Kind.NOTICE),
    /** The device goes by another name now. */
    RENAMED(Kind.NOTICE),
    /** Another connected device claims the same name. */
    NAME_SHARED(Kind.NOTICE),

    /** The tunnel's device sent DISCONNECT. */
    ENDED_BY_DEVICE(Kind.END),
    /** The tunnel broke without a word. */
    CONNECTION_LOST(Kind.END),
    /** Silent for longer than the keep-alives allow. */
    KEEPALIVE_TIMEOUT(Kind.END),
    /** A newer tunnel of the same device took its place. */
    REPLACED(Kind.END),
    /** Somebody reset it. */
    RESET_BY_OPERATOR(Kind.END),
    /** An authoritative subscriber did not want to keep it. */
    NOT_KEPT_BY_SUBSCRIBER(Kind.END),
    /** The server stopped. */
    SHUTDOWN(Kind.END),
    /** The device broke the protocol in a running tunnel. */
    TUNNEL_PROTOCOL_ERROR(Kind.END),
    /** The device caused replies faster than it took them. */
    CONTROL_BACKLOG(Kind.END);

    private enum Kind {
        FAILURE,
        NOTICE,
        END
    }

    private final Kind kind;

    Outcome(Kind kind) {
        this.kind = kind;
    }

    /** Whether the connection never became a tunnel. */
    public boolean isFailure() {
        return kind == Kind.FAILURE;
    }

    /** Whether a tunnel ended so. */
    public boolean isEnd() {
        return kind == Kind.END;
    }

    /** As logs, API and database write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome with this {@link #label()}; empty for one that this release does not know. */
    public static Optional<Outcome> of(String label) {
        for (Outcome outcome : values()) {
            if (outcome.label().equals(label)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
