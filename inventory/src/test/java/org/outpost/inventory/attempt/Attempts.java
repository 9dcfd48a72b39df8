package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Attempts as the tunnel door tells them. */
final class Attempts {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private Attempts() {}

    /** A connection that failed in TLS. */
    static Attempt failed(String address, Outcome outcome, Instant time) {
        return attempt(address, null, false, "", outcome, time);
    }

    /** A connection of somebody who claims to be that device, and was not let in. */
    static Attempt claimed(String address, UUID device, Outcome outcome, Instant time) {
        return attempt(address, device, false, "", outcome, time);
    }

    /** A tunnel. */
    static Attempt connected(String address, UUID device, String name, Instant time) {
        return attempt(address, device, true, name, Outcome.CONNECTED, time);
    }

    private static Attempt attempt(
            String address,
            @Nullable UUID device,
            boolean admitted,
            String name,
            Outcome outcome,
            Instant time) {
        return new Attempt(
                time,
                new InetSocketAddress(InetAddress.ofLiteral(address), 50_000),
                admitted ? Step.TUNNEL : device == null ? Step.TLS : Step.SIGN_IN,
                outcome,
                "in detail",
                device,
                admitted,
                device == null ? "" : "device-user",
                name,
                "TLSv1.2",
                admitted ? 7 : 0,
                Duration.ofSeconds(1));
    }
}
