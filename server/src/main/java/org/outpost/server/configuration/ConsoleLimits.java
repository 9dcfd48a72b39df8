package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

/** Limits on consoles. */
public record ConsoleLimits(
        @Doc("Connections at once to each door; 0 for no limit.")
                @Default("10000")
                @Range(min = 0, max = 1000000)
                int connections,
        @Doc("Connections at once from one address to each door; 0 for no limit.")
                @Default("0")
                @Range(min = 0, max = 1000000)
                int connectionsPerAddress) {}
