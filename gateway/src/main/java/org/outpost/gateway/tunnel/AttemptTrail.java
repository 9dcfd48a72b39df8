package org.outpost.gateway.tunnel;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.attempt.ClientHello;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;
import org.outpost.gateway.attempt.TlsAlert;
import org.outpost.gateway.attempt.TlsFault;
import org.outpost.gateway.certificate.CertificateVerdict;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * How far one connection came: collects what is worth remembering and tells it when something
 * became of it. Only the connection's loop uses it.
 */
final class AttemptTrail {
    private final AttemptListener listener;
    private final InetSocketAddress address;
    private final Instant began = Instant.now();
    private Step reached = Step.TCP;
    private @Nullable ClientHello hello;
    private @Nullable TlsFault fault;
    private @Nullable Outcome refusal;
    private String detail = "";
    private @Nullable UUID device;
    private boolean admitted;
    private String user = "";
    private String name = "";
    private String tls = "";
    private long tunnel;
    private boolean secured;
    private String namesakes = "";

    AttemptTrail(AttemptListener listener, InetSocketAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /** A first byte came. */
    void spoke() {
        reach(secured ? Step.VERSION : Step.TLS);
    }

    /** What it offers for TLS. */
    void offered(ClientHello offer) {
        hello = offer;
        tls = offer.versionName();
    }

    /** An alert came in clear. */
    void alerted(TlsAlert alert) {
        fault = new TlsFault.Received(alert);
    }

    void tlsFailed(Throwable failure) {
        if (fault == null) {
            fault = TlsFault.of(failure);
        }
        detail = fault.words() + (hello == null ? "" : "; it " + hello.words());
    }

    /** TLS is agreed on, or was never wanted. */
    void secured(TlsSummary summary) {
        hello = null;
        tls = summary.protocol();
        secured = true;
        if (reached != Step.TCP) {
            reach(Step.VERSION);
        }
    }

    boolean isSecured() {
        return secured;
    }

    void announced(UUID uuid) {
        reach(Step.SIGN_IN);
        device = uuid;
    }

    /** Somebody shows credentials. */
    void signsIn(String userName) {
        user = userName;
    }

    /** Credentials were not taken: what the connection comes to, unless it tries others. */
    void refused(Outcome why, String reason) {
        refusal = why;
        detail = reason;
    }

    /** The device is known and its credentials are good. */
    void admitted(DeviceKey key) {
        device = key.id();
        admitted = true;
        refusal = null;
        detail = "";
    }

    /** It was let in. */
    void registered(Tunnel opened) {
        refusal = null;
        detail = "";
        tunnel = opened.id();
        reach(Step.FORWARD);
    }

    /** A port is forwarded, perhaps under a name; the first one makes the tunnel whole. */
    void forwarded(Tunnel open) {
        boolean renamed = !name.equals(open.name());
        name = open.name();
        if (reached != Step.TUNNEL) {
            reached = Step.TUNNEL;
            tell(Outcome.CONNECTED, "");
        } else if (renamed) {
            tell(Outcome.RENAMED, "");
        }
        if (!namesakes.isEmpty()) {
            tell(Outcome.NAME_SHARED, namesakes);
            namesakes = "";
        }
    }

    /** Other connected devices claim the name of the next {@link #forwarded}. */
    void nameShared(String others) {
        namesakes = others;
    }

    /** The certificate of the TLS session was looked at, and the connection ends. */
    void turnedAway(CertificateVerdict verdict) {
        detail =
                switch (verdict) {
                    case CertificateVerdict.Accepted _ -> "";
                    case CertificateVerdict.Refused refused -> refused.reason();
                    case CertificateVerdict.Unavailable unavailable -> unavailable.reason();
                };
    }

    /** In which way the protocol was broken. */
    void broke(String how) {
        detail = how;
    }

    /** The connection is over. */
    void ended(DisconnectCause cause) {
        tell(reached == Step.TUNNEL ? endOfTunnel(cause) : failure(cause), detail);
    }

    private void reach(Step step) {
        if (step.compareTo(reached) > 0) {
            reached = step;
        }
    }

    private void tell(Outcome outcome, String words) {
        Instant now = Instant.now();
        listener.noted(
                new Attempt(
                        now,
                        address,
                        reached,
                        outcome,
                        words,
                        device,
                        admitted,
                        user,
                        name,
                        tls,
                        tunnel,
                        Duration.between(began, now)));
    }

    private static Outcome endOfTunnel(DisconnectCause cause) {
        return switch (cause) {
            case DEVICE_DISCONNECT -> Outcome.ENDED_BY_DEVICE;
            case REPLACED -> Outcome.REPLACED;
            case RESET_BY_OPERATOR -> Outcome.RESET_BY_OPERATOR;
            case NOT_KEPT_BY_SUBSCRIBER -> Outcome.NOT_KEPT_BY_SUBSCRIBER;
            case SHUTDOWN -> Outcome.SHUTDOWN;
            case KEEPALIVE_TIMEOUT -> Outcome.KEEPALIVE_TIMEOUT;
            case PROTOCOL_ERROR -> Outcome.TUNNEL_PROTOCOL_ERROR;
            case CONTROL_BACKLOG -> Outcome.CONTROL_BACKLOG;
            default -> Outcome.CONNECTION_LOST;
        };
    }

    private Outcome failure(DisconnectCause cause) {
        return switch (cause) {
            case ADDRESS_LIMIT -> Outcome.ADDRESS_LIMIT;
            case TOO_MANY_HANDSHAKES -> Outcome.HANDSHAKE_LIMIT;
            case TOO_MANY_TUNNELS -> Outcome.TUNNEL_LIMIT;
            case HTTP_PROBE -> Outcome.HTTP_PROBE;
            case PROXY_HEADER_REFUSED, PROXY_HEADER_TIMEOUT, PEER_NOT_ALLOWED ->
                    Outcome.PROXY_HEADER;
            case HEALTH_CHECK -> Outcome.NOTHING_SENT;
            case TLS_FAILED -> ofTls();
            case CERTIFICATE_REFUSED -> Outcome.CLIENT_CERTIFICATE_REFUSED;
            case CERTIFICATE_UNAVAILABLE -> Outcome.CLIENT_CERTIFICATE_UNCHECKED;
            case TLS_TIMEOUT -> reached == Step.TCP ? Outcome.NOTHING_SENT : Outcome.TLS_TIMEOUT;
            case VERSION_TIMEOUT ->
                    reached == Step.TCP ? Outcome.NOTHING_SENT : Outcome.VERSION_TIMEOUT;
            case CREDENTIALS_TIMEOUT -> refusalOr(Outcome.CREDENTIALS_TIMEOUT);
            case FORWARD_TIMEOUT -> Outcome.FORWARD_TIMEOUT;
            case PROTOCOL_ERROR, CONTROL_BACKLOG -> Outcome.PROTOCOL_ERROR;
            case AUTHENTICATION_FAILED -> refusalOr(Outcome.WRONG_CREDENTIALS);
            case AUTHENTICATION_UNAVAILABLE -> Outcome.SIGN_IN_UNAVAILABLE;
            case OTHER_BINDING -> Outcome.OTHER_BINDING;
            case CREDENTIAL_FULL -> Outcome.CREDENTIAL_FULL;
            case UNKNOWN_DEVICE -> Outcome.UNKNOWN_DEVICE;
            case SHUTDOWN -> Outcome.SERVER_STOPPED;
            case DEVICE_DISCONNECT,
                    CONNECTION_LOST,
                    REPLACED,
                    RESET_BY_OPERATOR,
                    NOT_KEPT_BY_SUBSCRIBER,
                    KEEPALIVE_TIMEOUT ->
                    refusalOr(gone());
        };
    }

    private Outcome refusalOr(Outcome other) {
        Outcome known = refusal;
        return known == null ? other : known;
    }

    /** A handshake that ends with the connection says no more than that. */
    private Outcome ofTls() {
        TlsFault known = fault;
        if (known == null) {
            return gone();
        }
        return reached == Step.TCP && known instanceof TlsFault.Closed
                ? Outcome.NOTHING_SENT
                : known.outcome();
    }

    private Outcome gone() {
        return switch (reached) {
            case TCP -> Outcome.NOTHING_SENT;
            case TLS -> Outcome.CLOSED_IN_TLS;
            case VERSION, SIGN_IN -> Outcome.CLOSED_BEFORE_SIGN_IN;
            case FORWARD, TUNNEL -> Outcome.CLOSED_BEFORE_FORWARD;
        };
    }
}
