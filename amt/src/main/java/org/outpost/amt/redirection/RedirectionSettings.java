package org.outpost.amt.redirection;

import java.time.Duration;

/**
 * How sessions are opened.
 *
 * @param deadline from the connect to the accepted sign-in, longer than nothing
 * @param clearTextPassword whether the password may be sent as it is, inside TLS, to a device that
 *     offers no digest; never outside of TLS
 */
public record RedirectionSettings(Duration deadline, boolean clearTextPassword) {
    /** Thirty seconds, since a sleeping ME takes some; digest only. */
    public static final RedirectionSettings DEFAULT =
            new RedirectionSettings(Duration.ofSeconds(30), false);

    public RedirectionSettings {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("the deadline must be longer than nothing");
        }
    }
}
