package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** How much of what happened is kept for subscribers that are away. */
public record KeptEvents(
        @Doc("Events at most.") @Default("100000") @Range(min = 1000, max = 100000000) int events,
        @Doc("For how long at most.") @Default("7d") @Range(min = 60000, max = 31536000000L)
                Duration age) {}
