package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** How the server ends. */
public record ShutdownSettings(
        @Doc("How long open channels may finish.") @Default("10s") @Range(min = 0, max = 3600000)
                Duration deadline,
        @Doc(
                        "At what pace devices are sent away, so that they do not all call the next"
                                + " node at once.")
                @Default("2000")
                @Range(min = 1, max = 1000000)
                int disconnectsPerSecond) {}
