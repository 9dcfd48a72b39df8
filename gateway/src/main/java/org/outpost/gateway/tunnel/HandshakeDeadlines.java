package org.outpost.gateway.tunnel;

import java.time.Duration;

/**
 * How long a connection may take, whatever it trickles meanwhile. Time that we take to check its
 * credentials does not count.
 *
 * @param tls from the accepted connection until TLS is agreed on
 * @param version from there until PROTOCOLVERSION is in
 * @param credentials from there until good credentials are in
 * @param signIn from the accepted connection until good credentials are in, however the steps
 *     before shared it
 * @param forward from the accepted login until the first port is forwarded
 */
public record HandshakeDeadlines(
        Duration tls, Duration version, Duration credentials, Duration signIn, Duration forward) {
    /** Gone within ten seconds. */
    public static final HandshakeDeadlines DEFAULT =
            new HandshakeDeadlines(
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(9),
                    Duration.ofSeconds(9));

    /** How long the stage may take by itself. */
    Duration of(HandshakeStage stage) {
        return switch (stage) {
            case TLS -> tls;
            case VERSION -> version;
            case CREDENTIALS -> credentials;
            case FORWARD -> forward;
        };
    }

    /** How long all stages up to this one may take together. */
    Duration upTo(HandshakeStage stage) {
        return stage == HandshakeStage.FORWARD ? forward : signIn;
    }
}
