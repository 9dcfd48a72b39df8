package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** What is remembered of connections to the tunnel door. */
public record AttemptsSettings(
        @Doc(
                        "How many addresses of known devices are remembered, and as many again of"
                            + " strangers; of IPv6, networks of 64 bits. The one heard of longest"
                            + " ago makes room.")
                @Default("50000")
                @Range(min = 100, max = 1000000)
                int addresses,
        @Doc("For how long what was heard last is remembered.")
                @Default("30d")
                @Range(min = 3600000, max = 31536000000L)
                Duration keep) {}
