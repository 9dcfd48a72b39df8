package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** How dead tunnels are found (protocol/README 3). */
public record KeepAliveSettings(
        @Doc(
                        "How often the device is asked to show that it lives; three missed"
                                + " intervals end its tunnel.")
                @Default("30s")
                @Range(min = 1000, max = 3600000)
                Duration interval,
        @Doc(
                        "When a tunnel without an agreed interval counts as dead, counted from the"
                                + " last sign of life.")
                @Default("200s")
                @Range(min = 1000, max = 3600000)
                Duration unnegotiated,
        @Doc("Whether a silent device is asked before its tunnel is given up.") @Default("true")
                boolean probe,
        @Doc("How long sent bytes may stay unacknowledged (TCP_USER_TIMEOUT).")
                @Default("90s")
                @Range(min = 1000, max = 3600000)
                Duration tcpUserTimeout) {}
