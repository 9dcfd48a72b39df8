package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** How long a device may take for each step. */
public record TunnelTimeouts(
        @Doc("From the connection to the end of the TLS handshake.")
                @Default("8s")
                @Range(min = 100, max = 600000)
                Duration tls,
        @Doc("From there to the device's protocol version.")
                @Default("5s")
                @Range(min = 100, max = 600000)
                Duration version,
        @Doc("From there to good credentials; the time that authenticators take does not count.")
                @Default("8s")
                @Range(min = 100, max = 600000)
                Duration authentication,
        @Doc(
                        "From the connection to good credentials, however the steps share it; the"
                                + " time that authenticators take does not count.")
                @Default("9s")
                @Range(min = 100, max = 600000)
                Duration signIn,
        @Doc("From authentication to the first forwarded port.")
                @Default("9s")
                @Range(min = 100, max = 600000)
                Duration firstForward,
        @Doc(
                        "How long the answer about a device's credentials may take, waiting for its"
                                + " turn included. When the authenticators cannot say, they are"
                                + " asked again as long as this lasts: a device that is sent away"
                                + " stays away for a quarter of an hour.")
                @Default("1m")
                @Range(min = 10, max = 600000)
                Duration authenticator) {}
