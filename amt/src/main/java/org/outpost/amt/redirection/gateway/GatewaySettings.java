package org.outpost.amt.redirection.gateway;

import java.time.Duration;

/**
 * Deadlines of a session; all longer than nothing.
 *
 * @param start until the console has started and signed in
 * @param idle without anything but heartbeats
 * @param stall without one side taking anything of what waits for it
 */
public record GatewaySettings(Duration start, Duration idle, Duration stall) {
    /** A minute, an hour, two minutes. */
    public static final GatewaySettings DEFAULT =
            new GatewaySettings(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(2));

    public GatewaySettings {
        if (!start.isPositive() || !idle.isPositive() || !stall.isPositive()) {
            throw new IllegalArgumentException("deadlines must be longer than nothing");
        }
    }
}
